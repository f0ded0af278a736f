// Node -> the key of its mark: the product's where it is a common one, else the kind's.

import type { Node } from '../model/system.js';

/** Words in names and `software` that tell a product, with the key of its mark. */
const products: readonly (readonly [RegExp, string])[] = [
  [/nginx/, 'nginx'],
  [/haproxy/, 'haproxy'],
  [/traefik/, 'traefik'],
  [/envoy/, 'envoy'],
  [/varnish/, 'varnish'],
  [/apache|httpd/, 'apache'],
  [/caddy/, 'caddy'],
  [/mysql|mariadb|percona/, 'mysql'],
  [/postgres|pgsql|^pg\b/, 'postgres'],
  [/redis|valkey|sentinel/, 'redis'],
  [/memcache/, 'memcached'],
  [/mongo/, 'mongodb'],
  [/elastic|opensearch/, 'elasticsearch'],
  [/rabbit/, 'rabbitmq'],
  [/kafka/, 'kafka'],
  [/etcd|consul|zookeeper/, 'etcd'],
  [/prometheus/, 'prometheus'],
  [/grafana/, 'grafana'],
  [/gunicorn|uwsgi|django|flask|python/, 'python'],
  [/php/, 'php'],
  [/node(?:js)?$|express/, 'nodejs'],
  [/tomcat|java|spring/, 'java'],
  [/rails|puma|unicorn|ruby/, 'ruby'],
];

/** The mark of a node: `nginx`, `lb`, `client`, … */
export function iconOf(node: Node): string {
  if (node.children.length > 0 || node.kind === 'client' || node.kind === 'firewall' || node.kind === 'dns')
    return node.kind;
  const words = [node.facts.software?.value.product, node.name].filter((word) => word !== undefined);
  for (const word of words) {
    const found = products.find(([pattern]) => pattern.test(word.toLowerCase()));
    if (found) return found[1];
  }
  return node.kind;
}
