// What rules about clear text suggest: the word that says that a connection is encrypted.

import type { Fix } from '../src/base/diagnostic.js';
import type { Connection } from '../src/model/system.js';

/** Port and listener stay what they are. All hops of a chain share their words, so they change together. */
export function statedEncrypted({ protocolAt }: Connection): Fix | undefined {
  if (!protocolAt) return undefined;
  const at = { ...protocolAt, start: protocolAt.end };
  return { title: 'state that it is encrypted', safety: 'suggestion', edits: [{ at, text: ' tls' }] };
}
