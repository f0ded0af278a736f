// Tokens -> tokens in which braces pair up and every statement has an end before it, so that the parser meets no fault that is larger than
// a statement. Where braces are missing, the indentation says where they belong.

import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../src/base/diagnostic.js';
import { lineStarts, type Source } from '../src/base/source.js';
import { loneBlock, missingClose, missingOpen, strayClose, tooDeep } from './faults.js';
import { Close, emptyToken, End, endOf, Open } from './tokens.js';

/** Blocks nest this deep at most, unless somebody allows more; deeper ones are not read. */
export const usualDepth = 64;

export interface Blocks {
  /** A list of their own: the parser adds its mark of the end. */
  readonly tokens: IToken[];
  readonly faults: readonly Diagnostic[];
}

export function pairBraces(tokens: readonly IToken[], source: Source, deepest = usualDepth): Blocks {
  const tally = count(tokens, deepest);
  if (tally.sound) return { tokens: beginStatements(tokens), faults: [] };
  const pairing = new Pairing(tokens, { source, deepest }, tally);
  return { tokens: beginStatements(tokens, pairing), faults: pairing.faults };
}

interface Tally {
  readonly missing: number;
  readonly surplus: number;
  /** Nothing to repair: braces pair up, none is too deep, none stands alone. */
  readonly sound: boolean;
}

function count(tokens: readonly IToken[], deepest: number): Tally {
  let depth = 0;
  let surplus = 0;
  let sound = true;
  let last: IToken | undefined;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.tokenType === Open) {
      depth++;
      if (depth > deepest || isAlone(last)) sound = false;
    } else if (token?.tokenType === Close) {
      if (depth > 0) depth--;
      else surplus++;
    }
    last = token;
  }
  return { missing: depth, surplus, sound: sound && depth === 0 && surplus === 0 };
}

/** Whether a `{` after this token has no statement to belong to. */
function isAlone(last: IToken | undefined): boolean {
  return !last || last.tokenType === End || last.tokenType === Open;
}

/** What to change, by index: tokens to put in before one, and tokens to leave out. */
interface Repair {
  readonly inserted: ReadonlyMap<number, readonly IToken[]>;
  readonly dropped: ReadonlySet<number>;
}

/** Exactly one end before each statement. */
function beginStatements(tokens: readonly IToken[], repair?: Repair): IToken[] {
  const result: IToken[] = [];
  let last: IToken | undefined;
  // An end that nothing follows yet; after a brace there is one even if nobody wrote it.
  let end: IToken | undefined = emptyToken(End, 0);
  const push = (token: IToken) => {
    if (token.tokenType === End) {
      end ??= token;
      return;
    }
    const ends = token.tokenType === Close || (token.tokenType === Open && last?.tokenType === Close);
    if (!ends && last?.tokenType === Close) end ??= emptyToken(End, endOf(last));
    if (!ends && end) result.push(end);
    end = token.tokenType === Open ? emptyToken(End, endOf(token)) : undefined;
    result.push(token);
    last = token;
  };
  for (let index = 0; index <= tokens.length; index++) {
    if (repair) for (const token of repair.inserted.get(index) ?? []) push(token);
    const token = tokens[index];
    if (!token) continue;
    if (!repair?.dropped.has(index)) push(token);
    else if (token.tokenType === Close) push(emptyToken(End, token.startOffset));
  }
  return result;
}

interface OpenBlock {
  readonly brace: IToken;
  /** The indentation of the statement that has the block. */
  readonly column: number;
  /** Without a statement: braces that are left out, their content is read as if they were not there. */
  readonly alone: boolean;
  /** The indentation of the statement last begun inside. */
  inner: number;
  /** The last statement, by index, that is indented deeper than the one before, which has no block: by the latter's column. */
  readonly steps: Map<number, number>;
}

/** One walk over the tokens. Its results are `inserted`, `dropped` and `faults`. */
class Pairing implements Repair {
  readonly inserted = new Map<number, IToken[]>();
  readonly dropped = new Set<number>();
  readonly faults: Diagnostic[] = [];
  private readonly stack: OpenBlock[] = [];
  private readonly file: Pick<OpenBlock, 'inner' | 'steps'> = { inner: Infinity, steps: new Map() };
  /** The indentation of the statement that is being read. */
  private statement = 0;
  private readonly columns: Int32Array;
  private readonly guided: boolean;
  private missing: number;
  private surplus: number;

  private readonly source: Source;
  private readonly deepest: number;

  constructor(
    private readonly tokens: readonly IToken[],
    { source, deepest }: { readonly source: Source; readonly deepest: number },
    tally: Tally,
  ) {
    this.source = source;
    this.deepest = deepest;
    this.missing = tally.missing;
    this.surplus = tally.surplus;
    this.columns = columnsOf(tokens, source);
    this.guided = isIndented(tokens, this.columns);
    this.walk();
  }

  private walk(): void {
    let line = 0;
    let tooLarge: Diagnostic | undefined;
    for (let index = 0; index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (!token || token.tokenType === End) continue;
      const column = this.columns[index] ?? -1;
      if (column >= 0) line = column;
      const last = this.tokens[index - 1];
      if (token.tokenType === Close) {
        this.close(token, index, column);
      } else if (token.tokenType === Open) {
        if (this.stack.length >= this.deepest) {
          tooLarge ??= tooDeep(this.source, token, this.deepest);
          index = this.skipBlock(index);
        } else {
          this.open(token, index, isAlone(last) ? line : this.statement);
        }
      } else if (isAlone(last) || last?.tokenType === Close) {
        this.statement = line;
        if (column >= 0) this.begin(index, column);
      }
    }
    const unclosed = this.stack.splice(0);
    this.closeAll(unclosed, this.tokens.length);
    if (tooLarge) this.faults.splice(0, Infinity, tooLarge);
  }

  private open(token: IToken, index: number, column: number): void {
    const last = this.tokens[index - 1];
    const alone = isAlone(last);
    if (alone) {
      this.dropped.add(index);
      if (!this.stack.at(-1)?.alone || last?.tokenType === End) this.faults.push(loneBlock(this.source, token));
    }
    this.stack.push({ brace: token, column, alone, inner: Infinity, steps: new Map() });
  }

  /** Leaves out everything up to the `}` of the block that opens at `index`; gives that brace's index. */
  private skipBlock(start: number): number {
    let depth = 0;
    let index = start;
    for (; index < this.tokens.length; index++) {
      const type = this.tokens[index]?.tokenType;
      if (type === Open) depth++;
      else if (type === Close) depth--;
      this.dropped.add(index);
      if (depth === 0) break;
    }
    return index;
  }

  /** A statement begins a line at `column`: blocks of statements that stand as deep or deeper should be closed by now. */
  private begin(index: number, column: number): void {
    if (this.guided && this.missing > 0) this.closeWhile(index, (block) => block.column >= column);
    const level = this.stack.at(-1) ?? this.file;
    if (column > level.inner && this.tokens[index - 2]?.tokenType !== Close) level.steps.set(level.inner, index);
    level.inner = column;
  }

  private closeWhile(index: number, isOver: (block: OpenBlock) => boolean): void {
    const closed: OpenBlock[] = [];
    for (let top = this.stack.at(-1); top && this.missing > 0 && isOver(top); top = this.stack.at(-1)) {
      this.stack.pop();
      this.missing--;
      closed.unshift(top);
    }
    this.closeAll(closed, index);
  }

  /** Puts in the `}` of these blocks before the token at `index`. */
  private closeAll(blocks: readonly OpenBlock[], index: number): void {
    const open = blocks.filter((block) => !block.alone).map((block) => block.brace);
    if (open.length === 0) return;
    const before = this.tokens[index - 1];
    const offset = !before ? 0 : before.tokenType === End ? before.startOffset : endOf(before);
    const braces = open.map(() => emptyToken(Close, offset));
    this.inserted.set(index, [...(this.inserted.get(index) ?? []), ...braces]);
    this.faults.push(missingClose(this.source, open, this.tokens[index]));
  }

  private close(token: IToken, index: number, column: number): void {
    if (this.guided && column >= 0 && this.missing > 0 && this.stack.some((block) => block.column === column)) {
      this.closeWhile(index, (block) => block.column > column);
    }
    const top = this.stack.at(-1);
    if (this.guided && this.surplus > 0 && top && this.isMisplaced(top, token, column)) {
      this.surplus--;
      if (this.openAt(token, column)) return;
      this.refuse(token, index);
    } else if (!top) {
      this.surplus--;
      if (!this.guided || !this.openAt(token, column)) this.refuse(token, index);
    } else {
      this.stack.pop();
      this.statement = top.column;
      if (top.alone) this.dropped.add(index);
    }
  }

  /** A `}` that begins its line stands under the statement it closes; another one closes a block of its own line. */
  private isMisplaced(top: OpenBlock, token: IToken, column: number): boolean {
    if (column >= 0) return top.column < column;
    return this.source.text.slice(top.brace.startOffset, token.startOffset).search(/[\r\n]/) >= 0;
  }

  /** The `{` that this `}` closes was forgotten: it goes where the indentation grew, if that fits. */
  private openAt(token: IToken, column: number): boolean {
    const level = this.stack.at(-1) ?? this.file;
    const first = level.steps.get(column);
    if (first === undefined) return false;
    for (const [key, index] of level.steps) if (index >= first) level.steps.delete(key);
    level.inner = column;
    // Before the end of the line, which precedes the first statement inside.
    const end = first - 1;
    const last = this.tokens[end - 1] ?? token;
    this.inserted.set(end, [emptyToken(Open, endOf(last))]);
    this.faults.push(missingOpen(this.source, last, token));
    return true;
  }

  private refuse(token: IToken, index: number): void {
    this.dropped.add(index);
    this.faults.push(strayClose(this.source, token));
  }
}

/** The column, from 0, of each token that is the first of its line; -1 for all others. */
function columnsOf(tokens: readonly IToken[], source: Source): Int32Array {
  const starts = lineStarts(source);
  const columns = new Int32Array(tokens.length).fill(-1);
  let line = 0;
  let lastLine = -1;
  for (const [index, token] of tokens.entries()) {
    while ((starts[line + 1] ?? Infinity) <= token.startOffset) line++;
    // A line end is the last of its own line, and a byte order mark is nobody's indentation.
    if (line !== lastLine)
      columns[index] =
        token.startOffset - (starts[line] ?? 0) - (line === 0 && source.text.startsWith('\ufeff') ? 1 : 0);
    lastLine = line;
  }
  return columns;
}

/** Whether the content of blocks is mostly indented, so that columns say where a block ends. */
function isIndented(tokens: readonly IToken[], columns: Int32Array): boolean {
  let deeper = 0;
  let all = 0;
  let line = 0;
  let statement = 0;
  for (const [index, token] of tokens.entries()) {
    const column = columns[index] ?? -1;
    if (column >= 0 && token.tokenType !== End) line = column;
    const last = tokens[index - 1];
    if (token.tokenType === End || token.tokenType === Close) continue;
    if (last?.tokenType === Open && column >= 0) {
      all++;
      if (column > statement) deeper++;
    }
    if (token.tokenType !== Open && (isAlone(last) || last?.tokenType === Close)) statement = line;
  }
  return deeper * 2 >= all;
}
