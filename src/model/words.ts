// The words after the colon of a connection: protocol and port, then `tls`, `optional`, `async`, `read`, `write`, `for NAME`.

import type { ConnectionStatement, Word } from '../../grammar/tree.js';
import { nearest } from '../base/nearest.js';
import { respelling } from '../base/spelling.js';
import { didYouMean, listed, quoted } from '../base/words.js';
import type { Writable } from '../base/writable.js';
import type { Faults } from './draft.js';
import { connectionWords, protocolNamed, protocolNames, type Protocol } from './protocols.js';
import type { Connection } from './system.js';
import { readPort } from './values.js';

export type ConnectionWords = Pick<
  Connection,
  'protocol' | 'port' | 'encryption' | 'tls' | 'optional' | 'async' | 'read' | 'write' | 'only' | 'protocolAt'
>;

export function readWords(
  statement: ConnectionStatement,
  context: { faults: Faults; record: (word: Word) => string | undefined },
): ConnectionWords {
  const first = statement.words[0];
  // `tls` alone is the protocol; behind another protocol it is the word.
  const opens = first && (first.text === 'tls' || !isConnectionWord(first.text));
  const stated = first && opens ? readProtocol(first, context.faults) : {};
  const others = statement.words;
  const said: string[] = [];
  const only: string[] = [];
  for (let index = opens ? 1 : 0; index < others.length; index++) {
    const word = others[index];
    if (!word) continue;
    if (!isConnectionWord(word.text)) {
      const near = nearest(word.text, connectionWords);
      const help =
        didYouMean(near) ??
        `after the protocol may stand ${listed(connectionWords.map(quoted))}; a label goes in quotes`;
      context.faults.add({
        code: 'wrong-value',
        message: `${quoted(word.text)} says nothing about a connection`,
        at: word.at,
        help,
        ...respelling(word.at, near),
      });
      continue;
    }
    if (word.text !== 'for') {
      said.push(word.text);
      continue;
    }
    index += 1;
    const name = others[index];
    if (!name)
      context.faults.add({
        code: 'wrong-value',
        message: '`for` needs the name of a record',
        at: word.at,
        help: 'write it as `for www.foobar.com`',
      });
    const record = name ? context.record(name) : undefined;
    if (record !== undefined) only.push(record);
  }
  const words: Writable<ConnectionWords> = {
    encryption: said.includes('tls') ? 'yes' : (stated.protocol?.encrypted ?? 'unknown'),
    tls: said.includes('tls'),
    optional: said.includes('optional'),
    async: said.includes('async'),
    read: said.includes('read') && !said.includes('write'),
    write: said.includes('write') && !said.includes('read'),
    only,
  };
  if (stated.port !== undefined) words.port = stated.port;
  if (stated.protocol) words.protocol = stated.protocol;
  if (first && stated.protocol) words.protocolAt = first.at;
  return words;
}

function isConnectionWord(text: string): boolean {
  return (connectionWords as readonly string[]).includes(text);
}

function readProtocol(word: Word, faults: Faults): { protocol?: Protocol; port?: number } {
  const [name = '', digits, extra] = word.text.split('/');
  const protocol = protocolNamed(name) ?? guessed(name, word, faults);
  const port = digits === undefined ? undefined : readPort(digits);
  if (digits !== undefined && (port === undefined || extra !== undefined)) {
    const text = word.text.slice(name.length + 1);
    const at = { ...word.at, start: word.at.start + name.length + 1 };
    faults.add({
      code: 'wrong-value',
      message: `${quoted(text)} is not a port`,
      at,
      help: 'a port is a number from 1 to 65535, as in `http/8080`',
    });
  }
  const known = port ?? protocol?.port;
  const read: { protocol?: Protocol; port?: number } = {};
  if (protocol) read.protocol = protocol;
  if (known !== undefined) read.port = known;
  return read;
}

function guessed(name: string, word: Word, faults: Faults): Protocol | undefined {
  const near = nearest(name, protocolNames);
  const port = readPort(name);
  const at = { ...word.at, end: word.at.start + name.length };
  faults.add({
    code: 'unknown-protocol',
    message: `${quoted(name)} is not a protocol`,
    at,
    help:
      port === undefined
        ? (didYouMean(near) ?? '`tcp/PORT` and `udp/PORT` speak for every other protocol')
        : `write \`tcp/${port}\`, or the protocol that is spoken there`,
    ...(port === undefined ? respelling(at, near) : {}),
  });
  return near[0] === undefined ? undefined : protocolNamed(near[0]);
}
