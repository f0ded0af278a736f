// A file that formats must cope with: findings, accepted risks, names of many bytes, and texts that mean something to XML, Markdown, HTML and
// GitHub's runner; and what a check of it says.

import { archlint } from './world.js';
import type { Format } from '../src/report/index.js';

export const path = 'wo/lä den, 100%: 🛒 &<1>.infra';

export const source = `title "Läden 🛒 & <b>|日本語|</b> 'x'"
client besucher "Besucher 👩‍👩‍👧 <i>"
host e\u0301-wéb-日本 "the 🛒 <script>alert(1)</script>" {
  web nginx; accept maintenance-downtime "one 🛒 is fine, <we> \\"say\\" & 100%: until | later ]]>" until 2027-03-01
  accept spof "\`known\`, ::error::x"
  accept spoff "x"
}
host <img/src=x_onerror=alert(1)>::warning::%25@team { web apache }
host b { db mysql; app puma; note "@team #12 www.example.org" }\r
👩‍👩‍👧
besucher -> nginx : http
nginx -> puma -> mysql : tcp
`;

export const files = { [`/project/${path}`]: `\ufeff${source}` };

export async function checked(format: Format): Promise<string> {
  return (await archlint(['check', path, '--format', format], { files })).stdout;
}

/** A finding as JSON has it. */
export interface Found {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly related: readonly unknown[];
  readonly accepted: { readonly reason: string } | null;
  readonly fix: object | null;
  readonly fingerprint: string;
}

export const all = (JSON.parse(await checked('json')) as { findings: readonly Found[] }).findings;
export const open = all.filter(({ accepted }) => !accepted);
