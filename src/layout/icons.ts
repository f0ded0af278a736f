// Node -> the key of its mark: the product's where it is a common one, else the kind's.

import type { KindName } from '../model/kinds.js';
import type { Node } from '../model/system.js';

/** A product that has a mark. */
export interface Product {
  /** The key of its mark. */
  readonly key: string;
  readonly name: string;
  /** What tells it in `software` and in names: from five letters on anywhere, shorter ones as a word by itself. */
  readonly words: readonly string[];
  /** The kinds that it can be: a name tells it of these alone (`postgres-exporter` is a monitor), `software` of any. */
  readonly kinds: readonly KindName[];
}

const front: readonly KindName[] = ['cdn', 'lb', 'web', 'app', 'service', 'cache'];
const code: readonly KindName[] = ['web', 'app', 'worker', 'service'];
const data: readonly KindName[] = ['db', 'cache', 'queue', 'storage', 'service'];
const watch: readonly KindName[] = ['monitor', 'web', 'app', 'service', 'db'];
const platform: readonly KindName[] = ['lb', 'web', 'app', 'worker', 'service', 'storage'];

function product(key: string, name: string, words: string, kinds: readonly KindName[]): Product {
  return { key, name, words: words.split(' '), kinds };
}

/** The first that a word tells is taken. */
export const products: readonly Product[] = [
  product('nginx', 'nginx', 'nginx openresty', front),
  product('tomcat', 'Tomcat', 'tomcat', code),
  product('kafka', 'Kafka', 'kafka redpanda', data),
  product('cassandra', 'Cassandra', 'cassandra scylla', data),
  product('apache', 'Apache', 'apache httpd', front),
  product('caddy', 'Caddy', 'caddy', front),
  product('haproxy', 'HAProxy', 'haproxy', front),
  product('traefik', 'Traefik', 'traefik', front),
  product('envoy', 'Envoy', 'envoy', front),
  product('varnish', 'Varnish', 'varnish', front),
  product('edge', 'Cloudflare and the like', 'cloudflare cloudfront fastly akamai bunny', front),
  product('python', 'Python', 'python gunicorn uwsgi uvicorn django flask celery', code),
  product('php', 'PHP', 'php phpfpm wordpress laravel symfony', code),
  product('nodejs', 'Node.js', 'node nodejs express nextjs', code),
  product('java', 'Java', 'java jetty spring wildfly', code),
  product('ruby', 'Ruby', 'ruby rails puma unicorn sidekiq', code),
  product('go', 'Go', 'go golang', code),
  product('mariadb', 'MariaDB', 'mariadb', data),
  product('mysql', 'MySQL', 'mysql percona', data),
  product('postgres', 'PostgreSQL', 'postgres pgsql pgbouncer pg', data),
  product('mongodb', 'MongoDB', 'mongo mongod mongodb', data),
  product('redis', 'Redis, Valkey', 'redis valkey sentinel', data),
  product('memcached', 'Memcached', 'memcache', data),
  product('elasticsearch', 'Elasticsearch, OpenSearch', 'elasticsearch opensearch solr', data),
  product('rabbitmq', 'RabbitMQ', 'rabbit', data),
  product('nats', 'NATS', 'nats', data),
  product('etcd', 'etcd', 'etcd zookeeper', data),
  product('consul', 'Consul', 'consul', data),
  product('prometheus', 'Prometheus', 'prometheus alertmanager', watch),
  product('grafana', 'Grafana', 'grafana', watch),
  product('objects', 'Object storage', 'minio s3 objects bucket', ['storage', 'service']),
  product('docker', 'Docker', 'docker containerd', platform),
  product('kubernetes', 'Kubernetes', 'kubernetes kube kubelet apiserver k8s k3s', platform),
  product('vault', 'Vault', 'vault openbao', ['service', 'app']),
  product('mail', 'Mail', 'postfix dovecot exim mail smtp imap', platform),
  product('ldap', 'LDAP', 'ldap slapd openldap freeipa', ['service', 'app', 'db']),
  product('git', 'Git', 'git gitlab gitea gitaly forgejo', platform),
];

/** The mark of a node: `nginx`, `lb`, `client`, … */
export function iconOf(node: Node): string {
  if (node.children.length > 0 || node.kind === 'client' || node.kind === 'firewall' || node.kind === 'dns')
    return node.kind;
  const software = node.facts.software?.value.product;
  const stated = software === undefined ? undefined : products.find((one) => tells(software, one));
  const named = () => products.find((one) => one.kinds.includes(node.kind) && tells(node.name, one));
  return (stated ?? named())?.key ?? node.kind;
}

function tells(text: string, { words }: Product): boolean {
  const all = text.toLowerCase();
  // `redis1` is a redis, and `s3` is no `s`.
  const parts = all.split(/[^\p{L}\d]+/u).flatMap((part) => [part, part.replace(/\d+$/, '')]);
  return words.some((word) => (word.length >= 5 ? all.includes(word) : parts.includes(word)));
}
