// The protocols of connections: one table, as for the kinds.

export interface Protocol {
  readonly name: string;
  readonly port?: number;
  /** `no` is clear text; `unknown` for a transport that carries anything. */
  readonly encrypted: 'yes' | 'no' | 'unknown';
  /** False: drawn and checked for security, never needed to serve. */
  readonly need: boolean;
  /** How the rules about encryption group it. */
  readonly family: 'web' | 'data' | 'mail' | 'admin' | 'files' | 'names' | 'local' | 'transport' | 'upkeep';
  readonly aliases: readonly string[];
  /** The protocol that does the same encrypted. */
  readonly secure?: string;
}

type More = Partial<Pick<Protocol, 'aliases' | 'secure' | 'need'>>;

function protocol(
  name: string,
  port: number | undefined,
  encrypted: Protocol['encrypted'],
  family: Protocol['family'],
  more: More = {},
): Protocol {
  return { name, encrypted, family, need: true, aliases: [], ...(port === undefined ? {} : { port }), ...more };
}

const upkeep = { need: false };

export const protocols: readonly Protocol[] = [
  protocol('http', 80, 'no', 'web', { secure: 'https' }),
  protocol('https', 443, 'yes', 'web'),
  protocol('ws', 80, 'no', 'web', { secure: 'wss' }),
  protocol('wss', 443, 'yes', 'web'),
  protocol('grpc', undefined, 'no', 'web', { secure: 'grpcs' }),
  protocol('grpcs', undefined, 'yes', 'web'),
  protocol('fastcgi', undefined, 'no', 'web'),
  protocol('tcp', undefined, 'unknown', 'transport'),
  protocol('udp', undefined, 'unknown', 'transport'),
  protocol('tls', undefined, 'yes', 'transport'),
  protocol('unix', undefined, 'unknown', 'local'),
  protocol('ssh', 22, 'yes', 'admin'),
  protocol('sftp', 22, 'yes', 'files'),
  protocol('ftp', 21, 'no', 'files', { secure: 'sftp' }),
  protocol('rdp', 3389, 'yes', 'admin'),
  protocol('dns', 53, 'no', 'names', { secure: 'dot' }),
  protocol('dot', 853, 'yes', 'names'),
  protocol('mysql', 3306, 'no', 'data'),
  protocol('postgres', 5432, 'no', 'data', { aliases: ['postgresql'] }),
  protocol('mongodb', 27017, 'no', 'data'),
  protocol('redis', 6379, 'no', 'data'),
  protocol('memcached', 11211, 'no', 'data'),
  protocol('elasticsearch', 9200, 'no', 'data'),
  protocol('etcd', 2379, 'no', 'data'),
  protocol('amqp', 5672, 'no', 'data', { secure: 'amqps' }),
  protocol('amqps', 5671, 'yes', 'data'),
  protocol('kafka', 9092, 'no', 'data'),
  protocol('nats', 4222, 'no', 'data'),
  protocol('mqtt', 1883, 'no', 'data', { secure: 'mqtts' }),
  protocol('mqtts', 8883, 'yes', 'data'),
  protocol('ldap', 389, 'no', 'data', { secure: 'ldaps' }),
  protocol('ldaps', 636, 'yes', 'data'),
  protocol('smtp', 25, 'no', 'mail', { secure: 'smtps' }),
  protocol('smtps', 465, 'yes', 'mail'),
  protocol('imap', 143, 'no', 'mail', { secure: 'imaps' }),
  protocol('imaps', 993, 'yes', 'mail'),
  protocol('nfs', 2049, 'no', 'files'),
  protocol('smb', 445, 'no', 'files'),
  protocol('uplink', undefined, 'unknown', 'transport'),
  protocol('replication', undefined, 'unknown', 'upkeep', upkeep),
  protocol('backup', undefined, 'unknown', 'upkeep', upkeep),
  protocol('metrics', undefined, 'unknown', 'upkeep', upkeep),
  protocol('logs', undefined, 'unknown', 'upkeep', upkeep),
  protocol('health', undefined, 'unknown', 'upkeep', upkeep),
];

const byName = new Map<string, Protocol>(
  protocols.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)),
);

export const protocolNames: readonly string[] = [...byName.keys()];

/** By name or alias. */
export function protocolNamed(name: string): Protocol | undefined {
  return byName.get(name);
}

/** The words that may follow the protocol of a connection; `for` takes the name of a record. */
export const connectionWords = ['tls', 'optional', 'async', 'read', 'write', 'for'] as const;
