// The types of properties: how the words after a property's name are read, and what is said when they cannot be.

import type { Value } from '../../grammar/tree.js';
import type { Location } from '../base/source.js';
import { readAddress, readAddressRange, readBlock, type Address, type AddressBlock } from './addresses.js';
import { protocolNamed } from './protocols.js';

/** Why a value cannot be read. `at` is absent where the value itself is missing. */
export interface Fault {
  readonly fault: string;
  readonly at?: Location;
  readonly help?: string;
}

export type Groups = readonly (readonly Value[])[];

/** One type of value. `form` is how it looks in the reference; `read` turns what was written into a value or a fault. */
export interface ValueType<T> {
  readonly form: string;
  readonly example: string;
  read(groups: Groups): T | Fault;
}

export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'fault' in value;
}

/** A type whose value is one word or text. */
function single<T>(
  form: string,
  example: string,
  read: (text: string, quoted: boolean) => T | undefined,
): ValueType<T> {
  return {
    form,
    example,
    read(groups) {
      const [value, extra] = groups.flat();
      if (!value) return { fault: `needs ${form}`, help: `write it as \`${example}\`` };
      if (extra) return { fault: `takes one value`, at: extra.at, help: `write it as \`${example}\`` };
      const result = read(value.text, value.form === 'text');
      return result ?? { fault: `\`${value.text}\` is not ${form}`, at: value.at, help: `write it as \`${example}\`` };
    },
  };
}

/** A type whose values stand in a list, each read on its own. */
function list<T>(
  form: string,
  example: string,
  read: (text: string) => T | readonly T[] | undefined,
): ValueType<readonly T[]> {
  return {
    form: `${form}, …`,
    example,
    read(groups) {
      const values = groups.flat();
      if (values.length === 0) return { fault: `needs ${form}`, help: `write it as \`${example}\`` };
      const results: T[] = [];
      for (const value of values) {
        const result = read(value.text);
        if (result === undefined)
          return { fault: `\`${value.text}\` is not ${form}`, at: value.at, help: `write it as \`${example}\`` };
        if (Array.isArray(result)) results.push(...(result as readonly T[]));
        else results.push(result as T);
      }
      return results;
    },
  };
}

function scaled(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([a-z%]+)$/.exec(text);
  const unit = match?.[2] === undefined ? undefined : units[match[2]];
  return unit === undefined ? undefined : Number(match?.[1]) * unit;
}

const durations = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86400, w: 604800, y: 31557600 };
const rates = { rps: 1, rpm: 1 / 60, rph: 1 / 3600, krps: 1000 };

/** `true`: the property is there. */
export const flag: ValueType<true> = {
  form: '',
  example: '',
  read(groups) {
    const [extra] = groups.flat();
    return extra ? { fault: 'takes no value', at: extra.at, help: 'write it alone' } : true;
  },
};

export const text = (example: string) => single('a text', example, (value) => value);
export const reason = (example: string) =>
  single('a reason in quotes', example, (value, quoted) => (quoted && value.trim() !== '' ? value : undefined));
export const name = (example: string) => single('a name', example, (value, quoted) => (quoted ? undefined : value));
export const address = (example: string): ValueType<readonly Address[]> =>
  list('an IP address', example, (value) => readAddress(value) ?? readAddressRange(value));
export const block = (example: string): ValueType<readonly AddressBlock[]> =>
  list('an address block', example, (value) => readBlock(value));
export const names = (example: string): ValueType<readonly string[]> =>
  list('a domain name', example, (value) => (isDomainName(value) ? value.toLowerCase().replace(/\.$/, '') : undefined));

/** A share from 0 to 1, stated in percent. */
export const percentage = (example: string) =>
  single('a percentage from 0% to 100%', example, (value) => {
    const match = /^(\d+(?:\.\d+)?)%$/.exec(value);
    const share = match ? shareOf(match[1] ?? '') : undefined;
    return share !== undefined && share <= 1 ? share : undefined;
  });

/** `99.95` is 0.9995 to the last digit: the decimal point moves before the text becomes a number. */
function shareOf(digits: string): number {
  return Number(`${digits}e-2`);
}

/** Seconds. */
export const duration = (example: string) => single('a duration', example, (value) => scaled(value, durations));
/** Requests a second. */
export const rate = (example: string) => single('a rate', example, (value) => scaled(value, rates));
export const count = (example: string) =>
  single('a whole number from 1', example, (value) => (/^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined));
export const choice = <const T extends string>(options: readonly T[]) =>
  single(options.map((one) => `\`${one}\``).join(' or '), options[0] ?? '', (value) =>
    options.find((one) => one === value),
  );

/** `2027-01-31`, a day that exists. */
export const date = (example: string) => single('a date', example, (value) => (isDate(value) ? value : undefined));

export function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

export function isDomainName(value: string): boolean {
  // Plain letters first: compiling the pattern for all the letters of the world costs more than a short run has.
  return /^(?:\*\.)?\w[\w-]*(?:\.[\w-]+)*\.?$/.test(value) || isInternationalName(value);
}

function isInternationalName(value: string): boolean {
  return /^(?:\*\.)?[\p{L}\p{N}_][\p{L}\p{N}_-]*(?:\.[\p{L}\p{N}_-]+)*\.?$/u.test(value);
}

export function readPort(value: string): number | undefined {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** A port on which a component answers, with what it speaks there, or that it only redirects to https. */
export interface Listener {
  readonly port: number;
  readonly transport?: 'tcp' | 'udp';
  readonly protocol?: string;
  readonly redirect: boolean;
  readonly at: Location;
}

export const listeners: ValueType<readonly Listener[]> = {
  form: 'port [protocol | redirect], …',
  example: 'listen 80 redirect, 443 https',
  read(groups) {
    const results: Listener[] = [];
    if (groups.flat().length === 0) return { fault: 'needs a port', help: 'write it as `listen 443 https`' };
    for (const [first, second, extra] of groups) {
      if (!first) continue;
      const [digits = '', transport] = first.text.split('/');
      const port = readPort(digits);
      if (port === undefined || (transport !== undefined && transport !== 'tcp' && transport !== 'udp')) {
        return { fault: `\`${first.text}\` is not a port`, at: first.at, help: 'a port is a number from 1 to 65535' };
      }
      if (extra) return { fault: 'takes a port and a protocol', at: extra.at, help: 'put a comma between listeners' };
      const redirect = second?.text === 'redirect';
      const protocol = second && !redirect ? protocolNamed(second.text) : undefined;
      if (second && !redirect && !protocol) {
        return {
          fault: `\`${second.text}\` is not a protocol`,
          at: second.at,
          help: 'such as `443 https` or `80 redirect`',
        };
      }
      results.push({
        port,
        redirect,
        at: first.at,
        ...(transport === undefined ? {} : { transport }),
        ...(protocol ? { protocol: protocol.name } : {}),
      });
    }
    return results;
  },
};

export interface Software {
  readonly product: string;
  readonly version?: string;
}

export const software: ValueType<Software> = {
  form: 'product ["version"]',
  example: 'software nginx "1.27"',
  read(groups) {
    const [product, version, extra] = groups.flat();
    if (!product) return { fault: 'needs the name of a product', help: 'write it as `software nginx "1.27"`' };
    if (extra) return { fault: 'takes a product and a version', at: extra.at };
    return { product: product.text, ...(version ? { version: version.text } : {}) };
  },
};

export interface Standby {
  readonly takeover: 'automatic' | 'manual';
  /** The tier that decides; resolved by name. */
  readonly via?: { readonly name: string; readonly at: Location };
}

export const standby: ValueType<Standby> = {
  form: 'automatic | manual [via TIER]',
  example: 'standby automatic via sentinel',
  read(groups) {
    const [how, via, tier, extra] = groups.flat();
    const help = 'write it as `standby automatic`, `standby manual` or `standby automatic via sentinel`';
    if (!how) return { fault: 'needs `automatic` or `manual`', help };
    if (how.text !== 'automatic' && how.text !== 'manual') {
      return { fault: `\`${how.text}\` is neither \`automatic\` nor \`manual\``, at: how.at, help };
    }
    if (via && (via.text !== 'via' || !tier)) return { fault: `\`${via.text}\` cannot follow here`, at: via.at, help };
    if (extra) return { fault: 'takes one tier after `via`', at: extra.at, help };
    return { takeover: how.text, ...(tier ? { via: { name: tier.text, at: tier.at } } : {}) };
  },
};

/** A number of voters, or more than half of them. */
export const quorum = single('`majority` or a number of voters', 'quorum majority', (value) =>
  value === 'majority' ? ('majority' as const) : /^[1-9]\d{0,4}$/.test(value) ? Number(value) : undefined,
);

export interface Survival {
  readonly what: 'host' | 'zone' | 'region';
  readonly count: number;
}

export const survives: ValueType<Survival> = {
  form: 'host | zone | region | N hosts',
  example: 'survives 2 hosts',
  read(groups) {
    const [first, second, extra] = groups.flat();
    const help = 'write it as `survives host`, `survives zone` or `survives 2 hosts`';
    if (!first) return { fault: 'needs what may be lost', help };
    const count = /^[1-9]\d{0,3}$/.test(first.text) ? Number(first.text) : undefined;
    const noun = count === undefined ? first : second;
    const match = /^(host|zone|region)s?$/.exec(noun?.text ?? '');
    const surplus = count === undefined ? second : extra;
    if (!match)
      return { fault: `\`${(noun ?? first).text}\` is not a place that may be lost`, at: (noun ?? first).at, help };
    if (surplus) return { fault: 'takes one kind of place', at: surplus.at, help };
    return { what: match[1] as Survival['what'], count: count ?? 1 };
  },
};

export interface HealthCheck {
  readonly path?: string;
  readonly port?: number;
}

export const healthCheck: ValueType<HealthCheck> = {
  form: '[path] [on port]',
  example: 'health-check /healthz on 8080',
  read(groups) {
    const values = groups.flat();
    const on = values.findIndex((value) => value.text === 'on');
    const paths = on < 0 ? values : values.slice(0, on);
    const port = on < 0 ? undefined : readPort(values[on + 1]?.text ?? '');
    const help = 'write it as `health-check /healthz on 8080`';
    if (paths[1]) return { fault: 'takes one path', at: paths[1].at, help };
    if (on >= 0 && (port === undefined || values.length > on + 2)) return { fault: 'needs a port after `on`', help };
    return { ...(paths[0] ? { path: paths[0].text } : {}), ...(port === undefined ? {} : { port }) };
  },
};

/** What a firewall lets in or keeps out. No port: every port. */
export interface Passage {
  readonly ports: readonly { readonly from: number; readonly to: number; readonly transport?: 'tcp' | 'udp' }[];
  readonly sources: readonly { readonly text: string; readonly at: Location; readonly block?: AddressBlock }[] | 'any';
  readonly at: Location;
}

/** A list, so that several statements add up. */
export const passage = (verb: 'allow' | 'deny'): ValueType<readonly Passage[]> => ({
  form: 'port[/tcp|/udp], … | any [from name, block, … | any]',
  example: `${verb} 443/tcp from any`,
  read(groups) {
    const values = groups.flat();
    const help = `write it as \`${verb} 443/tcp from any\` or \`${verb} any from 10.0.0.0/8\``;
    const first = values[0];
    if (!first) return { fault: 'needs a port or `any`', help };
    const from = values.findIndex((value) => value.text === 'from');
    const ports: Passage['ports'][number][] = [];
    for (const value of from < 0 ? values : values.slice(0, from)) {
      const range = readPorts(value.text);
      if (!range) return { fault: `\`${value.text}\` is not a port`, at: value.at, help };
      if (range !== 'any') ports.push(range);
    }
    const sources = from < 0 ? [] : values.slice(from + 1);
    if (from >= 0 && sources.length === 0)
      return { fault: 'needs a source after `from`', at: values[from]?.at ?? first.at, help };
    if (sources[1] && sources.some((value) => value.text === 'any')) {
      return { fault: `\`any\` stands alone after \`from\``, at: sources[1].at, help };
    }
    if (sources.length === 0 || sources[0]?.text === 'any') return [{ ports, sources: 'any', at: first.at }];
    const named = sources.map((value) => {
      const single = readAddress(value.text);
      const range = single ? readBlock(`${single.text}/${single.family === 4 ? 32 : 128}`) : readBlock(value.text);
      return { text: value.text, at: value.at, ...(range ? { block: range } : {}) };
    });
    return [{ ports, sources: named, at: first.at }];
  },
});

/** `443`, `443/tcp`, `8000-8100/tcp`, `any`, `any/udp`, or the name of a protocol with a port. */
function readPorts(word: string): Passage['ports'][number] | 'any' | undefined {
  if (word === 'any') return 'any';
  const [span = '', transport, extra] = word.split('/');
  if (extra !== undefined || (transport !== undefined && transport !== 'tcp' && transport !== 'udp')) return undefined;
  const [first = '', last = first] = span === 'any' ? ['1', '65535'] : span.split('-');
  const from = readPort(first) ?? protocolNamed(first)?.port;
  const to = first === last ? from : readPort(last);
  if (from === undefined || to === undefined || to < from) return undefined;
  return { from, to, ...(transport === undefined ? {} : { transport }) };
}
