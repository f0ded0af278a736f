// The marks of kinds: our own, stroked in one weight with round ends on a grid of 24.

import { productMarks } from './product-marks.js';
import { bolt, bucket, cylinder, globe, screen } from './strokes.js';

const kindMarks = {
  region:
    'M12 21.5C7 16 5 13 5 9.5A7 7 0 0 1 19 9.5C19 13 17 16 12 21.5ZM12 7A2.6 2.6 0 1 1 12 12.2A2.6 2.6 0 1 1 12 7Z',
  zone: 'M4 21V9L12 3.5L20 9V21ZM8 12H16M8 15H16M8 18H16',
  host: 'M5 3.5H19Q20.5 3.5 20.5 5V9.5Q20.5 11 19 11H5Q3.5 11 3.5 9.5V5Q3.5 3.5 5 3.5ZM5 13H19Q20.5 13 20.5 14.5V19Q20.5 20.5 19 20.5H5Q3.5 20.5 3.5 19V14.5Q3.5 13 5 13ZM7 7.3H7.1M7 16.8H7.1M11 7.3H16.5M11 16.8H16.5',
  network: 'M9.5 3H14.5V8H9.5ZM3 16H8V21H3ZM16 16H21V21H16ZM12 8V12M5.5 16V12H18.5V16',
  client: 'M12 4A4 4 0 1 1 12 12A4 4 0 1 1 12 4ZM4.5 20.5C4.5 13.5 19.5 13.5 19.5 20.5',
  cdn: globe,
  lb: 'M3 12H9M9 12C13 12 13 5.5 17 5.5H20.5M9 12H20.5M9 12C13 12 13 18.5 17 18.5H20.5M18 3L20.7 5.5L18 8M18 9.5L20.7 12L18 14.5M18 16L20.7 18.5L18 21',
  web: `${screen}M6 6.3H6.1M8.8 6.3H8.9M9 11.7L6.5 14.2L9 16.7M15 11.7L17.5 14.2L15 16.7M13 11.5L11 17`,
  app: 'M4.5 3.5H19.5Q21 3.5 21 5V19Q21 20.5 19.5 20.5H4.5Q3 20.5 3 19V5Q3 3.5 4.5 3.5ZM9.5 8L5.8 12L9.5 16M14.5 8L18.2 12L14.5 16',
  worker:
    'M10.2 5.3L10.5 2.8H13.5L13.8 5.3L15.5 6L17.4 4.5L19.5 6.6L18 8.5L18.7 10.2L21.2 10.5V13.5L18.7 13.8L18 15.5L19.5 17.4L17.4 19.5L15.5 18L13.8 18.7L13.5 21.2H10.5L10.2 18.7L8.5 18L6.6 19.5L4.5 17.4L6 15.5L5.3 13.8L2.8 13.5V10.5L5.3 10.2L6 8.5L4.5 6.6L6.6 4.5L8.5 6ZM12 9A3 3 0 1 1 12 15A3 3 0 1 1 12 9Z',
  service: 'M12 2.8L20 7.4V16.6L12 21.2L4 16.6V7.4ZM4 7.4L12 12L20 7.4M12 12V21.2',
  cache: bolt,
  queue: 'M6 6H18C21.3 6 21.3 18 18 18H6C2.7 18 2.7 6 6 6C9.3 6 9.3 18 6 18M12.5 9.5V14.5M16 9.5V14.5',
  db: `${cylinder}M4 12C4 15.3 20 15.3 20 12`,
  storage: bucket,
  firewall:
    'M3 5H21V19H3ZM3 9.7H21M3 14.3H21M9 5V9.7M16 5V9.7M6 9.7V14.3M12.5 9.7V14.3M18.5 9.7V14.3M9 14.3V19M16 14.3V19',
  monitor: 'M2.5 12C6 5.5 18 5.5 21.5 12C18 18.5 6 18.5 2.5 12ZM12 9A3 3 0 1 1 12 15A3 3 0 1 1 12 9Z',
  dns: 'M4.5 3.5H11.5L20.6 12.6Q21.6 13.6 20.6 14.6L14.6 20.6Q13.6 21.6 12.6 20.6L3.5 11.5V4.5Q3.5 3.5 4.5 3.5ZM8 8H8.1',
};

const marks: Readonly<Record<string, string>> = { ...kindMarks, ...productMarks };

/** Path data on a grid of 24; every key has some. */
export function markOf(key: string): string {
  return marks[key] ?? kindMarks.service;
}

export const markNames = Object.keys(marks);

export const lockClosed = 'M5.5 11H18.5V20.5H5.5ZM8 11V7.5A4 4 0 0 1 16 7.5V11M12 14.5V17';
export const lockOpen = 'M5.5 11H18.5V20.5H5.5ZM8 11V6.5A4 4 0 0 1 15.6 5';
