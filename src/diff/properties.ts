// The properties of two nodes, connections or files → those that differ, with their values as they are written.

import type { PropertyChange } from '../base/difference.js';
import { textAt } from '../base/source.js';
import { propertiesOf, propertyKeys, wordOf, type Properties } from '../model/index.js';

export function propertyChanges(old: Properties, now: Properties): readonly PropertyChange[] {
  const [before, after] = [propertiesOf(old), propertiesOf(now)];
  return propertyKeys.flatMap((key): PropertyChange[] => {
    const word = wordOf(key);
    if (!old[key] && !now[key]) return [];
    const same = JSON.stringify(before[word]) === JSON.stringify(after[word]);
    const [from, to] = [written(old, key), written(now, key)];
    return same ? [] : [{ property: word, old: from, new: from === to && from !== null ? valueIn(after[word]) : to }];
  });
}

/** On one line. Values that each copy has its own of are not written out anywhere. */
function written(facts: Properties, key: keyof Properties): string | null {
  const stated = facts[key];
  if (!stated) return null;
  if (stated.value === true) return 'yes';
  const text = textAt(stated.at)
    .replace(/#[^\n]*\n/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return /^each\b/.test(text) ? valueIn(propertiesOf({ [key]: stated })[wordOf(key)]) : text;
}

function valueIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueIn).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('text' in value) return String(value.text);
  return Object.values(value)
    .filter((part) => part !== undefined)
    .map(valueIn)
    .join(' ');
}

export function plainChange(
  property: string,
  old: string | undefined,
  now: string | undefined,
): readonly PropertyChange[] {
  return old === now ? [] : [{ property, old: old ?? null, new: now ?? null }];
}
