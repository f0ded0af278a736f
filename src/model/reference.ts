// The tables of the language as Markdown, for its reference: generated, so that they cannot differ from what is read.

import { quoted } from '../base/words.js';
import { groupOf, kindNames, kindOf, type Group, type KindName } from './kinds.js';
import { propertyKeys, propertyRow, wordOf, type Owner } from './properties.js';
import { protocols } from './protocols.js';

export function kindsTable(): string {
  const rows = kindNames.map((name) => {
    const kind = kindOf(name);
    const availability = kind.availability === undefined ? '' : `${Number((kind.availability * 100).toFixed(4))} %`;
    return [quoted(name), groupNames[kind.group], kind.summary, kind.ports?.join(', ') ?? '', availability];
  });
  return table(['kind', 'group', 'is', 'default ports', 'assumed availability'], rows);
}

export function protocolsTable(): string {
  const rows = protocols.map((one) => [
    [one.name, ...one.aliases].map(quoted).join(', '),
    one.port === undefined ? '' : String(one.port),
    { yes: 'encrypted', no: 'clear', unknown: '' }[one.encrypted],
    one.need ? 'yes' : 'no',
  ]);
  return table(['protocol', 'port', 'on the wire', 'a need'], rows);
}

export function propertiesTable(): string {
  const rows = propertyKeys.map((key) => {
    const row = propertyRow(key);
    const example = row.type.example || wordOf(key);
    const written = example.startsWith(wordOf(key)) ? example : `${wordOf(key)} ${example}`;
    return [quoted(wordOf(key)), ownersText(row.owners), quoted(written), row.summary];
  });
  rows.push([
    '`accept`',
    'any node, connection, the file',
    '`accept spof "until launch" until 2027-03-01`',
    'a risk that is accepted',
  ]);
  return table(['property', 'of', 'example', 'says'], rows);
}

const groupNames: Readonly<Record<Group, string>> = {
  place: 'places',
  boundary: 'networks',
  caller: 'clients',
  traffic: 'components',
  guard: 'guards and eyes',
  names: 'names',
};

function ownersText(owners: readonly Owner[]): string {
  const kinds = owners.filter((one): one is KindName => one !== 'file' && !one.endsWith('connection'));
  if (kindNames.every((kind) => kinds.includes(kind)))
    return owners.includes('file')
      ? 'any node, connection, the file'
      : owners.includes('connection')
        ? 'any node, connection'
        : 'any node';
  const parts: string[] = [];
  for (const group of Object.keys(groupNames) as Group[]) {
    const whole = kindNames.filter((kind) => groupOf(kind) === group);
    const own = whole.filter((kind) => kinds.includes(kind));
    if (own.length === whole.length) parts.push(groupNames[group]);
    else parts.push(...own.map(quoted));
  }
  if (owners.includes('connection')) parts.push('connections');
  else if (owners.includes('client connection')) parts.push("a client's connections");
  if (owners.includes('file')) parts.push('the file');
  return parts.join(', ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
