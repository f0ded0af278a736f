// A misspelt word and the words near it → the edit that mends it, where only one is meant.

import type { Fix } from './diagnostic.js';
import type { Location } from './source.js';
import { quoted } from './words.js';

/** To be spread into a diagnostic. Of several near words, only people know which is meant. */
export function respelling(at: Location, near: readonly string[]): { readonly fix?: Fix } {
  const [only, other] = near;
  if (only === undefined || other !== undefined) return {};
  return { fix: { title: `write ${quoted(only)}`, safety: 'safe', edits: [{ at, text: only }] } };
}
