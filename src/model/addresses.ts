// IP addresses and blocks: reading them, and judging them by the IANA special-purpose registries.

import ipaddr from 'ipaddr.js';

export interface Address {
  /** As it compares: IPv6 in its shortest form, lower case. */
  readonly text: string;
  readonly family: 4 | 6;
}

export interface AddressBlock {
  readonly text: string;
  readonly family: 4 | 6;
  readonly bits: number;
}

export type Reach =
  'public' | 'documentation' | 'private' | 'loopback' | 'link-local' | 'multicast' | 'unspecified' | 'reserved';

/** Four decimal parts, none with a leading zero: `010.0.0.1` reads as octal elsewhere. */
const dotted = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

export function readAddress(word: string): Address | undefined {
  if (dotted.test(word) && ipaddr.IPv4.isValid(word)) return { text: word, family: 4 };
  if (!word.includes(':') || word.includes('%') || !ipaddr.IPv6.isValid(word)) return undefined;
  return { text: ipaddr.IPv6.parse(word).toRFC5952String(), family: 6 };
}

/** `10.0.0.0/16`; host bits are allowed and cleared. */
export function readBlock(word: string): AddressBlock | undefined {
  const [base = '', length = '', ...rest] = word.split('/');
  const address = readAddress(base);
  if (!address || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  if (bits > (address.family === 4 ? 32 : 128)) return undefined;
  const cleared =
    address.family === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address.text}/${bits}`).toString()
      : ipaddr.IPv6.networkAddressFromCIDR(`${address.text}/${bits}`).toRFC5952String();
  return { text: `${cleared}/${bits}`, family: address.family, bits };
}

export function blockContains(block: AddressBlock, address: Address): boolean {
  if (block.family !== address.family) return false;
  return ipaddr.parse(address.text).match(ipaddr.parseCIDR(block.text));
}

/** `10.0.0.11..13` and `10.0.0.11..10.0.0.13`: the addresses from the first to the last, at most 65,536. */
export function readAddressRange(word: string): readonly Address[] | undefined {
  const [from = '', to = '', ...rest] = word.split('..');
  const first = readAddress(from);
  if (first?.family !== 4 || rest.length > 0) return undefined;
  const last = /^\d{1,3}$/.test(to) ? readAddress(`${from.slice(0, from.lastIndexOf('.') + 1)}${to}`) : readAddress(to);
  if (last?.family !== 4) return undefined;
  const start = asNumber(first);
  const count = asNumber(last) - start + 1;
  if (count < 1 || count > 65536) return undefined;
  return Array.from({ length: count }, (_, offset) => {
    const value = start + offset;
    const text = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
    return { text, family: 4 };
  });
}

function asNumber(address: Address): number {
  return address.text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/**
 * Addresses that stand for real ones in documents: 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24 (RFC 5737), 2001:db8::/32 (RFC 3849),
 * 3fff::/20 (RFC 9637). By their text, as the shortest form is unique, and reading five blocks would be a part of the start of a short run.
 */
const forDocuments = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|3fff:(?::|[0-9a-f]{1,3}:))/;

/** What the registries call globally reachable inside blocks that are not: anycast addresses of protocols (RFC 7723, 8155, 9665). */
const reachable = /^(?:192\.0\.0\.(?:9|10)|2001:1::[123])$/;
/** Not to be reached, though ipaddr.js does not know: for translation inside (RFC 8215), and a prefix that stands for nobody (RFC 9780). */
const inside = /^64:ff9b:1:/;
const nobodys = /^100:0:0:1:/;
/** All that is given to anybody in IPv6; the rest is kept by the IETF. */
const given = /^[23][0-9a-f]{3}:/;

/** IANA's special-purpose registries (RFC 6890), as ipaddr.js carries them and as they went on, in the words of the rules. */
export function reachOf(address: Address): Reach {
  const { text, family } = address;
  if (forDocuments.test(text)) return 'documentation';
  if (reachable.test(text)) return 'public';
  if (family === 6 && (inside.test(text) || nobodys.test(text))) return inside.test(text) ? 'private' : 'reserved';
  const parsed = ipaddr.process(text);
  switch (parsed.range()) {
    case 'unicast':
      return parsed instanceof ipaddr.IPv4 || given.test(text) ? 'public' : 'reserved';
    case 'rfc6052':
    case '6to4':
      return parsed instanceof ipaddr.IPv6 ? reachOf(embedded(parsed)) : 'public';
    case 'teredo':
    case 'amt':
    case 'as112':
    case 'as112v6':
    case 'orchid2':
    case 'droneRemoteIdProtocolEntityTags':
      return 'public';
    case 'private':
    case 'uniqueLocal':
    case 'carrierGradeNat':
      return 'private';
    case 'loopback':
      return 'loopback';
    case 'linkLocal':
      return 'link-local';
    case 'multicast':
    case 'broadcast':
      return 'multicast';
    case 'unspecified':
      return 'unspecified';
    default:
      return 'reserved';
  }
}

/** The IPv4 address that a translated one stands for: the last 32 bits behind 64:ff9b::/96, those behind 2002::/16 (RFC 6052, RFC 3056). */
function embedded({ parts }: ipaddr.IPv6): Address {
  const [high = 0, low = 0] = parts[0] === 0x2002 ? parts.slice(1, 3) : parts.slice(6, 8);
  return { text: [high >> 8, high & 255, low >> 8, low & 255].join('.'), family: 4 };
}
