// The table of keys and the catalogue → the JSON schema of a config, for editors.

import type { Rule } from '../../rules/rule.js';
import { keys, ruleValues, type Form, type Table } from './shape.js';

export function configSchema(catalogue: readonly Rule[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'archlint.config.json',
    description: 'How archlint judges the files below.',
    // Editors go by these two.
    allowComments: true,
    allowTrailingCommas: true,
    ...tableSchema(keys, catalogue),
  };
}

function tableSchema(table: Table, catalogue: readonly Rule[], required: readonly string[] = []): object {
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      Object.entries(table).map(([name, { form, summary }]) => [
        name,
        { description: plainText(summary), ...formSchema(form, catalogue) },
      ]),
    ),
  };
}

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };

function formSchema(form: Form, catalogue: readonly Rule[]): object {
  switch (form.is) {
    case 'text':
      return text;
    case 'texts':
      return texts;
    case 'text or texts':
      return { anyOf: [text, texts] };
    case 'text or false':
      return { anyOf: [text, { const: false }] };
    case 'choice':
      return { enum: form.of };
    case 'shares':
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          form.of.map((kind) => [kind, { type: 'string', pattern: '^\\d+(\\.\\d+)?\\s*%$' }]),
        ),
      };
    case 'rules':
      return rulesSchema(catalogue);
    case 'list':
      return { type: 'array', items: tableSchema(form.of, catalogue, form.needs) };
  }
}

/** Rules of one's own have a `/` in their names, and are not known here. */
function rulesSchema(catalogue: readonly Rule[]): object {
  const one = (options: object, description?: string): object => ({
    ...(description === undefined ? {} : { description }),
    anyOf: [
      { enum: ruleValues },
      {
        type: 'object',
        additionalProperties: false,
        properties: { severity: { enum: ruleValues }, options },
      },
    ],
  });
  const entries = catalogue.flatMap((rule) =>
    [rule.id, ...(rule.aliases ?? [])].map((name) => [name, one(optionsSchema(rule), rule.summary)]),
  );
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(entries) as object,
    patternProperties: { '/': one({ type: 'object' }) },
  };
}

function optionsSchema({ options, ranges }: Rule): object {
  const properties = Object.entries(options).map(([name, value]: [string, unknown]) => {
    const range = (ranges as Readonly<Record<string, readonly [number, number] | undefined>> | undefined)?.[name];
    const limits = range ? { minimum: range[0], maximum: range[1] } : {};
    return [name, { ...typeSchema(value), ...limits, default: value }];
  });
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) as object };
}

function typeSchema(value: unknown): object {
  if (Array.isArray(value)) return { type: 'array', items: typeSchema(value[0] ?? '') };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
  return { type: typeof value };
}

function plainText(summary: string): string {
  return summary.replaceAll('`', '');
}
