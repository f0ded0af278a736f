// A page with a table of safeguards → its rows: what is edited in the description beside it, and which findings that makes.

import { catalogue } from '../rules/index.js';
import { parse } from '../grammar/index.js';
import { lint } from '../src/lint/index.js';
import { projectOf, resolve } from '../src/model/index.js';

/** One row: `| the second balancer | `host balancer[2]` → `host balancer` | `spof: balancer` |`. */
export interface Row {
  readonly without: string;
  readonly edits: readonly Replacement[];
  /** `rule: subjects`, sorted; empty where nothing is found, and the cell says why. */
  readonly found: readonly string[];
  readonly cell: string;
}

export interface Replacement {
  /** `⏎` stands for a line end and the spaces before the next word. */
  readonly from: string;
  readonly to: string;
}

/** The rows below the heading `| without | edit | found |`. */
export function rowsOf(page: string): readonly Row[] {
  const lines = page.split('\n');
  const start = lines.indexOf('| without | edit | found |');
  if (start < 0) return [];
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? undefined : end).map((line) => {
    const [, without = '', edit = '', cell = ''] = line
      .split(' | ')
      .map((part) => part.replace(/^\| | \|$/g, ''))
      .reduce<string[]>((cells, part) => [...cells, part], ['']);
    const edits = [...edit.matchAll(/`([^`]+)` → (?:`([^`]+)`|nothing)/g)].map(([, from = '', to = '']) => ({
      from,
      to,
    }));
    const found = cell.startsWith('nothing') ? [] : [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
    return { without, edits, found: found.sort(), cell };
  });
}

/** Where the text of an edit stands, however its words are aligned: it has to be there exactly once. */
export function placeOf(text: string, { from }: Replacement): { start: number; end: number } {
  const escaped = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(escaped.replace(/ +/g, ' +').replaceAll('⏎', '\\n *'), 'g');
  const [first, second] = [...text.matchAll(pattern)];
  if (!first || second) throw new Error(`\`${from}\` stands there ${first ? 'more than once' : 'nowhere'}`);
  return { start: first.index, end: first.index + first[0].length };
}

/** Of edits that follow each other, those places that the text had from the beginning. */
export function placesOf(text: string, edits: readonly Replacement[]): readonly { start: number; end: number }[] {
  return edits.flatMap((edit, index) => {
    try {
      return [placeOf(text, edit)];
    } catch (error) {
      if (index === 0) throw error;
      return [];
    }
  });
}

/** One edit after the other. */
export function edited(text: string, edits: readonly Replacement[]): string {
  return edits.reduce((before, edit) => {
    const { start, end } = placeOf(before, edit);
    return before.slice(0, start) + edit.to.replaceAll('⏎', '\n') + before.slice(end);
  }, text);
}

/** `rule: subjects` under the strict preset, pairs left out: they change with whatever is added or lost. So may other rules be. */
export function findingsOf(text: string, without: readonly string[] = []): readonly string[] {
  const { system, diagnostics } = resolve(projectOf(parse({ path: 'system.infra', text })));
  return lint(system, diagnostics, catalogue, {
    preset: 'strict',
    today: '2026-06-01',
    rules: Object.fromEntries(['fault-pair', ...without].map((id) => [id, 'off'])),
  })
    .filter(({ accepted }) => !accepted)
    .map(({ code, subjects }) => `${code}: ${subjects.join(', ')}`)
    .sort();
}

/** What keeps a system sound, by the words of the language. On a connection also the protocols that encrypt. */
const words =
  /\[\d+\]|\b(?:firewall|monitor|allow|certificate|tls \d|tls ssl|vip|standby|role|multi-primary|quorum|managed|redirect|health-check|vpn|bastion \}|private|rebuildable|singleton|session shared|survives)(?![\w-])/g;
const onConnections = /\b(?:tls|https|imaps|smtps|grpcs|replication|backup|optional)(?![\w-])/g;

/** Every place at which a description states a safeguard. */
export function safeguardsIn(text: string): readonly { word: string; at: number; line: number }[] {
  let offset = 0;
  return text.split('\n').flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    const code = line.replace(/#.*$/, '').replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
    return [...code.matchAll(code.includes('->') ? onConnections : words)].map((match) => ({
      word: match[0],
      at: start + match.index,
      line: index + 1,
    }));
  });
}
