// What a config may hold: its type, and the one table of keys that checking, the JSON schema and the documents are made from.

import type { Severity } from '../base/diagnostic.js';
import { kindNames } from '../model/kinds.js';

export type RuleValue = 'off' | 'on' | Severity;

/** A config file, as written. */
export interface Config extends Scoped {
  readonly $schema?: string;
  readonly extends?: string | readonly string[];
  readonly overrides?: readonly Override[];
  readonly ignore?: readonly string[];
  readonly availability?: Readonly<Record<string, string>>;
  readonly plugins?: readonly string[];
  readonly baseline?: string | false;
}

/** What may differ by path. */
export interface Scoped {
  readonly preset?: 'recommended' | 'strict';
  readonly rules?: Readonly<Record<string, RuleValue | RuleObject>>;
}

export interface RuleObject {
  readonly severity?: RuleValue;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface Override extends Scoped {
  readonly files: string | readonly string[];
}

export const ruleValues = ['off', 'on', 'error', 'warning', 'info'] as const;
export const presets = ['recommended', 'strict'] as const;

/** What a value must be. `rules` and `options` are checked against the catalogue. */
export type Form =
  | { readonly is: 'text' | 'texts' | 'text or texts' | 'text or false' | 'rules' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'shares'; readonly of: readonly string[] }
  | { readonly is: 'list'; readonly of: Table; readonly needs: readonly string[] };

export interface Key {
  readonly form: Form;
  /** One sentence, for editors and documents. */
  readonly summary: string;
}

export type Table = Readonly<Record<string, Key>>;

const scoped = {
  preset: {
    form: { is: 'choice', of: presets },
    summary:
      'Which rules are on unless `rules` says otherwise: `recommended` (the default), or `strict`, which is all of them.',
  },
  rules: {
    form: { is: 'rules' },
    summary:
      'By rule: `off`, `on` (with its own severity), `error`, `warning`, `info`, or an object with `severity` and `options`.',
  },
} as const satisfies Table;

export const override: Table = {
  files: {
    form: { is: 'text or texts' },
    summary: 'The paths it is for, as globs from the folder of the config; one without `/` matches at any depth.',
  },
  ...scoped,
};

export const keys: Table = {
  $schema: { form: { is: 'text' }, summary: 'Where an editor finds the schema; archlint itself does not read it.' },
  extends: {
    form: { is: 'text or texts' },
    summary: 'Configs that this one builds on, from the weakest: files relative to it (`./base.json`), or packages.',
  },
  ...scoped,
  overrides: {
    form: { is: 'list', of: override, needs: ['files'] },
    summary: 'Other presets and rules for some paths; of several that match, the later ones count.',
  },
  ignore: {
    form: { is: 'texts' },
    summary: 'Paths that are not checked on their own, as globs; one that begins with `!` takes others back in.',
  },
  availability: {
    form: { is: 'shares', of: [...kindNames, 'managed'] },
    summary: 'What is assumed of elements that state no availability, by kind, as `"99.9%"`.',
  },
  plugins: {
    form: { is: 'texts' },
    summary: 'Modules with rules of your own: files relative to the config (`./rules/mine.mjs`), or packages.',
  },
  baseline: {
    form: { is: 'text or false' },
    summary:
      'The file of known findings, relative to the config, or `false` for none. Default: the nearest `archlint.baseline.json` above each system.',
  },
};
