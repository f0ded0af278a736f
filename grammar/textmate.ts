// The words of the language -> a TextMate grammar, with which editors colour `.infra` files. Its patterns stay within what
// Oniguruma and JavaScript read alike.

export interface LanguageWords {
  readonly kinds: readonly string[];
  readonly protocols: readonly string[];
  readonly properties: readonly string[];
  readonly recordTypes: readonly string[];
  readonly connectionWords: readonly string[];
}

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

/** Where a word of the language may end and begin. */
const before = String.raw`(?<![^\s{};,|:\[\]"#>])`;
const after = String.raw`(?=[\s{};,|:\[\]"#]|->|$)`;
/** Where a statement begins: a line, after `;`, `{` or `}`. */
const head = String.raw`(?:^|(?<=[;{}]))[ \t]*`;
/** A whole word, as the tokens have it. */
const word = String.raw`(?:(?!->)[^\s#"{};,|\[\]:])+`;

export function textMateGrammar(words: LanguageWords): object {
  return {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'infra',
    scopeName: 'source.infra',
    fileTypes: ['infra'],
    patterns: ['comment', 'declaration', 'import', 'property', 'connection', 'template', 'value'].map((name) => ({
      include: `#${name}`,
    })),
    repository: repository(words),
  };
}

function repository(words: LanguageWords): Readonly<Record<string, Pattern>> {
  return {
    comment: { name: 'comment.line.number-sign.infra', match: '#.*$' },
    declaration: {
      match: `${head}(${anyOf(words.kinds)})${after}[ \\t]+(${word})`,
      captures: { 1: { name: 'storage.type.infra' }, 2: { name: 'entity.name.type.infra' } },
    },
    import: {
      match: `${head}(import|template)${after}`,
      captures: { 1: { name: 'keyword.control.infra' } },
    },
    property: {
      match: `${head}(${anyOf(words.properties)})${after}(?![ \\t]*(?:->|,|\\|))`,
      captures: { 1: { name: 'support.type.property-name.infra' } },
    },
    connection: {
      begin: '->',
      beginCaptures: { 0: { name: 'keyword.operator.arrow.infra' } },
      end: String.raw`(?=[;{}#])|$`,
      patterns: [
        { name: 'keyword.operator.arrow.infra', match: '->' },
        { name: 'keyword.operator.alternative.infra', match: String.raw`\|` },
        {
          match: `:[ \\t]*(${anyOf(words.protocols)})(/\\d+)?${after}`,
          captures: { 1: { name: 'support.constant.protocol.infra' }, 2: { name: 'constant.numeric.port.infra' } },
        },
        { name: 'keyword.other.connection.infra', match: `${before}(?:${anyOf(words.connectionWords)})${after}` },
        { include: '#value' },
      ],
    },
    template: {
      match: `:[ \\t]*(${word})`,
      captures: { 1: { name: 'entity.other.inherited-class.infra' } },
    },
    value: {
      patterns: [
        { include: '#comment' },
        {
          name: 'string.quoted.double.infra',
          begin: '"',
          end: '"|$',
          patterns: [
            { name: 'constant.character.escape.infra', match: String.raw`\\["\\nt]` },
            { name: 'invalid.illegal.escape.infra', match: String.raw`\\.` },
          ],
        },
        { name: 'constant.numeric.count.infra', match: String.raw`\[[ \t]*\d+[ \t]*\]` },
        { name: 'support.constant.record-type.infra', match: `${before}(?:${anyOf(words.recordTypes)})${after}` },
        { name: 'constant.other.date.infra', match: String.raw`${before}\d{4}-\d{2}-\d{2}${after}` },
        {
          name: 'constant.other.address.infra',
          match: String.raw`${before}\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2}|\.\.\d[\d.]*)?${after}`,
        },
        {
          name: 'constant.other.address.infra',
          match: String.raw`${before}(?=[0-9a-fA-F.]*:[0-9a-fA-F.]*:)[0-9a-fA-F:.]+(?:/\d{1,3})?(?=[\s{};,|\[\]"#]|->|$)`,
        },
        { name: 'constant.numeric.infra', match: String.raw`${before}\d+(?:\.\d+)?(?:%|[a-z]+|/(?:tcp|udp))?${after}` },
      ],
    },
  };
}

/** Longer words first, so that `mode` does not hide `mode-x`; at least one alternative, so that an empty list matches nothing. */
function anyOf(words: readonly string[]): string {
  const escaped = [...new Set(words)].map((one) => one.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`));
  return escaped.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|') || '(?!)';
}
