// What a rule is: one flaw, one file, one page. A rule reads a system and yields findings; it cannot print, choose its code or
// severity, or see other rules.

import type { Fix, Related, Severity, SubjectId, Witness } from '../src/base/diagnostic.js';
import type { Location } from '../src/base/source.js';
import type { System } from '../src/model/system.js';

export const categories = [
  'availability',
  'maintenance and growth',
  'exposure',
  'encryption',
  'names',
  'eyes and data',
  'the description itself',
] as const;

export type Category = (typeof categories)[number];

export interface Rule<Options extends object = object> {
  /** Flat, kebab-case, names the flaw. An interface: a renamed rule keeps its old id among the aliases. */
  readonly id: string;
  readonly category: Category;
  /** One sentence for the catalogue: lower case, no full stop. */
  readonly summary: string;
  readonly severity: Severity;
  readonly preset: 'recommended' | 'strict';
  readonly aliases?: readonly string[];
  /** The options with their defaults: texts, numbers, truth values, or lists of them. A config may state other values of the same type. */
  readonly options: Options;
  /** The least and the greatest value of options that are numbers; whole numbers where the default is one. */
  readonly ranges?: Readonly<Partial<Record<keyof Options, readonly [least: number, greatest: number]>>>;
  /** True if some of its findings carry a safe fix. */
  readonly fixable: boolean;
  /** Rules about failing, from the strongest: of two findings with a cause in common, the lower number stands and the other becomes a note. */
  readonly precedence?: number;
  /** Concludes from what is absent, so it is silent about a description that could not be read whole. */
  readonly absence?: boolean;
  /** The page as Markdown, for a rule of somebody's own that has no file of its name beside its module. */
  readonly page?: string;
  /** Of a rule of somebody's own the module it comes from, as messages name it: its faults are reported as its own. */
  readonly module?: string;
  /** Absent where the parser or the resolver reports the flaw. */
  check?(system: System, options: Options, surroundings: Surroundings): Iterable<Finding>;
}

/** What a rule may know beside the system. */
export interface Surroundings {
  /** The day of the check, `2027-01-31`; absent where dates are left out. */
  readonly today?: string;
}

/** One flaw at one place. The runner adds code and severity, takes accepted subjects out, and joins what belongs together. */
export interface Finding {
  /** The headline: lower case, no full stop, subject first, names in backticks, numbers with their denominator. */
  readonly message: string;
  /** The smallest text that shows it. */
  readonly at: Location;
  readonly label?: string;
  readonly related?: readonly Related[];
  readonly notes?: readonly string[];
  readonly help?: string;
  readonly witness?: Witness;
  readonly fix?: Fix;
  /** What accepts, baselines and pictures go by. */
  readonly subjects: readonly SubjectId[];
  /** Findings of one rule with the same key are reported as one with several places. Absent: always on its own. */
  readonly group?: Grouping;
  /** For precedence: the elements whose failing is the cause. */
  readonly causes?: readonly SubjectId[];
  /** What it adds, as a note, to the finding that takes precedence over it. */
  readonly asNote?: string;
}

export interface Grouping {
  readonly key: string;
  /** The headline for several places; `subjects` are those of all findings joined, in order, each once. */
  message(subjects: readonly SubjectId[]): string;
  readonly help?: string;
}

/** Keeps the type of the options while the catalogue holds rules of all kinds. */
export function rule<Options extends object>(definition: Rule<Options>): Rule<Options> {
  return definition;
}
