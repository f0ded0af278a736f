// Connection -> the words on its line and in its tooltip.

import type { Connection } from '../model/system.js';
import { wrap } from './text.js';

const labelWidth = 128;

export interface ConnectionInWords {
  /** The lines beside its lock, which says whether it is encrypted. */
  readonly label: readonly string[];
  /** The same in one line, where no lock is drawn. */
  readonly text: string;
  /** For a tooltip. */
  readonly words: string;
}

export function connectionInWords(connection: Connection): ConnectionInWords {
  const { protocol, port } = connection;
  const ported = port !== undefined && port !== protocol?.port;
  const spoken = [protocol?.name ?? '', ported ? String(port) : ''].filter((word) => word !== '').join('/');
  const tls = connection.tls && protocol?.encrypted !== 'yes' ? 'tls' : '';
  const words = [
    connection.read ? 'read' : '',
    connection.write ? 'write' : '',
    connection.optional ? 'optional' : '',
    connection.async ? 'async' : '',
    connection.choices.length > 1 ? 'either' : '',
  ].filter((word) => word !== '');
  const only = connection.only.length > 0 ? `for ${connection.only.join(', ')}` : '';
  const note = connection.facts.note?.value ?? '';
  const own = connection.label ?? '';
  const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
  const said = joined(spoken, tls, ...words);
  const lines = (...parts: readonly string[]) => parts.flatMap((part) => wrap(part, 'label', labelWidth, 4));
  const closed = { yes: 'encrypted', no: 'clear text', unknown: '' }[connection.encryption];
  const tooltip = [own, said, only, closed, note].filter((part) => part !== '');
  return {
    label: lines(own, joined(spoken, ...words), only, note),
    text: lines(own, said, only, note).join(' '),
    words: tooltip.join(', '),
  };
}
