// A rule of somebody's own → its findings, each held to the shape that the runner relies on; and, where it fails, one diagnostic that says so.

import type { Finding, Grouping, Rule, Surroundings } from '../../rules/rule.js';
import { diagnostic, type Diagnostic } from '../base/diagnostic.js';
import type { Location } from '../base/source.js';
import { quoted } from '../base/words.js';
import type { System } from '../model/system.js';

interface Around {
  readonly system: System;
  readonly options: object;
  readonly surroundings: Surroundings;
  readonly failed: (diagnostic: Diagnostic) => void;
}

/** What it had found before it failed stands. */
export function runForeign(rule: Rule, { system, options, surroundings, failed }: Around): readonly Finding[] {
  const findings: Finding[] = [];
  try {
    const found: unknown = rule.check?.(system, options, surroundings);
    if (!isIterable(found))
      throw new Wrong('its `check` returns nothing that can be iterated over; write it as a generator');
    for (const finding of found) {
      const problem = problemOf(finding, system);
      if (problem !== undefined) throw new Wrong(`it yields a finding whose ${problem}`);
      const sound = finding as Finding;
      findings.push(sound.group ? { ...sound, group: guarded(sound.group, sound) } : sound);
    }
  } catch (error) {
    failed(failure(rule, system, error));
  }
  return findings;
}

/** What a rule did that its type forbids. */
class Wrong extends Error {}

function failure({ id, module = '' }: Rule, system: System, error: unknown): Diagnostic {
  const [source] = system.sources;
  if (!source) throw new Error('a system has a source');
  const said =
    error instanceof Error
      ? error instanceof Wrong
        ? error.message
        : `${error.name}: ${error.message}`
      : String(error);
  const line = error instanceof Error && !(error instanceof Wrong) ? lineIn(module, error.stack ?? '') : undefined;
  return diagnostic({
    code: id,
    message: `the rule ${quoted(id)} of ${quoted(module)} failed`,
    at: { source, start: 0, end: 0 },
    notes: [said, ...(line === undefined ? [] : [`at ${module}:${line}`])],
    help: `mend ${quoted(module)}, or turn the rule off; the fault is the rule's, not that of this file`,
    failed: module,
  });
}

/** `12:5`: the innermost place in the module that a stack names. */
function lineIn(module: string, stack: string): string | undefined {
  const name = module.replace(/^.*\//, '');
  const at = stack.split('\n').find((line) => line.includes(`/${name}:`) || line.includes(`/${name}?`));
  return /:(\d+:\d+)\)?$/.exec(at ?? '')?.[1];
}

/** The headline for several places is written when they are known; a fault in it must not come then. */
function guarded(group: Grouping, finding: Finding): Grouping {
  return {
    ...group,
    message: (subjects) => {
      try {
        const said: unknown = group.message(subjects);
        return typeof said === 'string' ? said : finding.message;
      } catch {
        return finding.message;
      }
    },
  };
}

/** What is wrong with a finding, in words that follow "whose"; nothing if it can be reported. */
function problemOf(value: unknown, system: System): string | undefined {
  if (!isObject(value)) return 'value is no object';
  const { message, at, label, help, subjects, related, notes, witness, fix, group, asNote } = value;
  const optional = { label, help, asNote };
  if (!isText(message)) return '`message` is no text';
  if (!isPlace(at, system)) return '`at` is no place in the text; take that of a node, a connection or a property';
  if (!isList(subjects, isText)) return '`subjects` are no list of ids';
  for (const [name, one] of Object.entries(optional))
    if (one !== undefined && typeof one !== 'string') return `\`${name}\` is no text`;
  if (notes !== undefined && !isList(notes, isText)) return '`notes` are no list of texts';
  const isRelated = (one: unknown): boolean => isObject(one) && isText(one.message) && isPlace(one.at, system);
  if (related !== undefined && !isList(related, isRelated)) return '`related` is no list of places with messages';
  if (witness !== undefined && !isWitness(witness)) return '`witness` is no failure or path with steps';
  if (fix !== undefined && !isFix(fix, system)) return '`fix` has no title, safety and edits';
  if (group !== undefined && !(isObject(group) && isText(group.key) && typeof group.message === 'function'))
    return '`group` has no key and message';
  return undefined;
}

function isWitness(value: unknown): boolean {
  const isStep = (one: unknown): boolean =>
    isObject(one) && typeof one.node === 'string' && typeof one.text === 'string';
  return isObject(value) && (value.kind === 'failure' || value.kind === 'path') && isList(value.steps, isStep);
}

function isFix(value: unknown, system: System): boolean {
  const isEdit = (one: unknown): boolean => isObject(one) && typeof one.text === 'string' && isPlace(one.at, system);
  return (
    isObject(value) &&
    isText(value.title) &&
    (value.safety === 'safe' || value.safety === 'suggestion') &&
    isList(value.edits, isEdit)
  );
}

function isPlace(value: unknown, system: System): boolean {
  if (!isObject(value)) return false;
  const { source, start, end } = value as unknown as Location;
  return (
    system.sources.includes(source) &&
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start <= end &&
    end <= source.text.length
  );
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isObject(value) && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

function isList(value: unknown, isElement: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isElement);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
