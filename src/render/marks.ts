// The marks of kinds and common products: our own, stroked in one weight on a grid of 24.

import { letter } from './letters.js';

const cylinder = 'M4 6C4 2.7 20 2.7 20 6V18C20 21.3 4 21.3 4 18ZM4 6C4 9.3 20 9.3 20 6';
const frame = 'M6 3H18Q21 3 21 6V18Q21 21 18 21H6Q3 21 3 18V6Q3 3 6 3Z';
const ring = 'M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3Z';
const bolt = 'M13 2.5L5 13.5H11L10.5 21.5L19 10H12.5Z';
const screen = 'M5 4H19Q21 4 21 6V18Q21 20 19 20H5Q3 20 3 18V6Q3 4 5 4ZM3 8.5H21';
const bricks =
  'M3 5H21V19H3ZM3 9.7H21M3 14.3H21M9 5V9.7M16 5V9.7M6 9.7V14.3M12.5 9.7V14.3M18.5 9.7V14.3M9 14.3V19M16 14.3V19';

const inFrame = (name: string) => `${frame}${letter(name, 8.2, 7.5, 7.6, 9)}`;
const inRing = (name: string) => `${ring}${letter(name, 8.8, 8, 6.4, 8)}`;
const inStore = (name: string) => `${cylinder}${letter(name, 9.2, 11, 5.6, 6)}`;
const inScreen = (first: string, second: string) =>
  `${screen}${letter(first, 7.2, 11, 4, 5.6)}${letter(second, 13.4, 11, 4, 5.6)}`;

const marks: Readonly<Record<string, string>> = {
  client: 'M12 4A4 4 0 1 1 12 12A4 4 0 1 1 12 4ZM4.5 20.5C4.5 13.5 19.5 13.5 19.5 20.5',
  cdn: 'M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3ZM3 12H21M12 3C7.5 8 7.5 16 12 21M12 3C16.5 8 16.5 16 12 21',
  lb: 'M3 12H9M9 12C13 12 13 5.5 17 5.5H20.5M9 12H20.5M9 12C13 12 13 18.5 17 18.5H20.5M18 3L20.7 5.5L18 8M18 9.5L20.7 12L18 14.5M18 16L20.7 18.5L18 21',
  web: `${screen}M6 6.3H6.1M8.5 6.3H8.6M9 12L6.8 14.2L9 16.4M15 12L17.2 14.2L15 16.4M13 11.5L11 17`,
  app: 'M9 3.5H15L19.4 6L19.4 18L15 20.5H9L4.6 18V6ZM9.5 9L6.9 12L9.5 15M14.5 9L17.1 12L14.5 15',
  worker:
    'M12 8.5A3.5 3.5 0 1 1 12 15.5A3.5 3.5 0 1 1 12 8.5ZM12 3V6M12 18V21M3 12H6M18 12H21M5.6 5.6L7.8 7.8M16.2 16.2L18.4 18.4M18.4 5.6L16.2 7.8M7.8 16.2L5.6 18.4',
  service: 'M12 2.8L20 7.4V16.6L12 21.2L4 16.6V7.4ZM4 7.4L12 12L20 7.4M12 12V21.2',
  cache: bolt,
  queue: 'M6 6H18C21.3 6 21.3 18 18 18H6C2.7 18 2.7 6 6 6C9.3 6 9.3 18 6 18M12.5 9.5V14.5M16 9.5V14.5',
  db: `${cylinder}M4 12C4 15.3 20 15.3 20 12`,
  storage: 'M3 7.5C3 4.5 21 4.5 21 7.5L18.6 19C18.3 21 5.7 21 5.4 19ZM3 7.5C3 10.5 21 10.5 21 7.5',
  firewall: bricks,
  monitor: 'M2.5 12C6 5.5 18 5.5 21.5 12C18 18.5 6 18.5 2.5 12ZM12 9A3 3 0 1 1 12 15A3 3 0 1 1 12 9Z',
  dns: 'M12 3A9 9 0 1 1 12 21A9 9 0 1 1 12 3ZM3.6 9H20.4M3.6 15H20.4M12 3C8.5 8 8.5 16 12 21M12 3C15.5 8 15.5 16 12 21',
  host: 'M5 3.5H19Q20.5 3.5 20.5 5V9.5Q20.5 11 19 11H5Q3.5 11 3.5 9.5V5Q3.5 3.5 5 3.5ZM5 13H19Q20.5 13 20.5 14.5V19Q20.5 20.5 19 20.5H5Q3.5 20.5 3.5 19V14.5Q3.5 13 5 13ZM7 7.3H7.1M7 16.8H7.1M11 7.3H16.5M11 16.8H16.5',
  zone: 'M4 21V9L12 3.5L20 9V21ZM8 12H16M8 15H16M8 18H16',
  region:
    'M12 21.5C7 16 5 13 5 9.5A7 7 0 0 1 19 9.5C19 13 17 16 12 21.5ZM12 7A2.6 2.6 0 1 1 12 12.2A2.6 2.6 0 1 1 12 7Z',
  network: 'M9.5 3H14.5V8H9.5ZM3 16H8V21H3ZM16 16H21V21H16ZM12 8V12M5.5 16V12H18.5V16',
  nginx: inFrame('N'),
  apache: inFrame('A'),
  caddy: inFrame('C'),
  haproxy: inRing('H'),
  traefik: inRing('T'),
  envoy: inRing('E'),
  varnish: inRing('V'),
  mysql: inStore('M'),
  postgres: inStore('P'),
  elasticsearch: inStore('E'),
  mongodb: 'M12 2.5C6 8 6 14 12 18.5C18 14 18 8 12 2.5ZM12 8V21.5',
  redis: 'M12 3L21 7.2L12 11.4L3 7.2ZM3 12L12 16.2L21 12M3 16.6L12 20.8L21 16.6',
  memcached: 'M7 6H17V18H7ZM10 10H14V14H10ZM7 9H4M7 12H4M7 15H4M17 9H20M17 12H20M17 15H20',
  rabbitmq: 'M4 20V5H8V11H13V5H17V11H20V20ZM15 15.5H16.5',
  kafka:
    'M8 9.5A2.5 2.5 0 1 1 8 14.5A2.5 2.5 0 1 1 8 9.5ZM16.5 4.5A2.2 2.2 0 1 1 16.5 8.9A2.2 2.2 0 1 1 16.5 4.5ZM16.5 15.1A2.2 2.2 0 1 1 16.5 19.5A2.2 2.2 0 1 1 16.5 15.1ZM10.2 10.8L14.6 8M10.2 13.2L14.6 16',
  etcd: 'M12 3.2A2.3 2.3 0 1 1 12 7.8A2.3 2.3 0 1 1 12 3.2ZM5.5 15A2.3 2.3 0 1 1 5.5 19.6A2.3 2.3 0 1 1 5.5 15ZM18.5 15A2.3 2.3 0 1 1 18.5 19.6A2.3 2.3 0 1 1 18.5 15ZM10.9 7.6L6.7 15.2M13.1 7.6L17.3 15.2M7.8 17.3H16.2',
  prometheus:
    'M12 2.5C14 6 18 8.5 18 13.5A6 6 0 0 1 6 13.5C6 10.5 8 9.5 8.5 7C10 8 10.5 9 10.5 10.5C12 8.5 12.5 5.5 12 2.5ZM8.5 21.5H15.5',
  grafana: 'M4 20.5H20.5M6 20V13M10.2 20V8M14.4 20V11M18.6 20V4.5',
  python: inScreen('P', 'Y'),
  php: inScreen('P', 'H'),
  nodejs: inScreen('J', 'S'),
  java: inScreen('J', 'V'),
  ruby: inScreen('R', 'B'),
};

/** Path data on a grid of 24; every key has some. */
export function markOf(key: string): string {
  return marks[key] ?? marks['service'] ?? '';
}

export const lockClosed = 'M5.5 11H18.5V20.5H5.5ZM8 11V7.5A4 4 0 0 1 16 7.5V11M12 14.5V17';
export const lockOpen = 'M5.5 11H18.5V20.5H5.5ZM8 11V6.5A4 4 0 0 1 15.6 5';
