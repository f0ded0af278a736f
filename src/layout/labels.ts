// Connection -> the words on its line and in its tooltip.

import type { Connection } from '../model/system.js';
import { wrap } from './text.js';

const labelWidth = 128;

export function connectionInWords(connection: Connection): { label: readonly string[]; words: string } {
  const { protocol, port } = connection;
  const ported = port !== undefined && port !== protocol?.port;
  const spoken = [protocol?.name ?? '', ported ? String(port) : ''].filter((word) => word !== '').join('/');
  const words = [
    connection.tls && protocol?.encrypted !== 'yes' ? 'tls' : '',
    connection.read ? 'read' : '',
    connection.write ? 'write' : '',
    connection.optional ? 'optional' : '',
    connection.async ? 'async' : '',
    connection.choices.length > 1 ? 'either' : '',
  ].filter((word) => word !== '');
  const only = connection.only.length > 0 ? `for ${connection.only.join(', ')}` : '';
  const said = [spoken, ...words].filter((word) => word !== '').join(' ');
  const label = [connection.label ?? '', said, only, connection.facts.note?.value ?? ''].flatMap((text) =>
    wrap(text, 'label', labelWidth, 4),
  );
  const closed = { yes: 'encrypted', no: 'clear text', unknown: '' }[connection.encryption];
  const tooltip = [connection.label ?? '', said, only, closed, connection.facts.note?.value ?? ''].filter(
    (text) => text !== '',
  );
  return { label, words: tooltip.join(', ') };
}
