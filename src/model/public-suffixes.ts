// A domain name → whether names directly below it are anybody's to register, as the public suffix list says.

import { getPublicSuffix } from 'tldts-icann';
import { asciiName } from './international.js';

/**
 * `co.uk` and `com`; not `foobar.co.uk`, nor `github.io`, below which a company lets its customers be found: that company holds all of them. A
 * top-level name that the list does not know (`internal`) counts, as the list itself has it.
 */
export function isPublicSuffix(name: string): boolean {
  const sent = asciiName(name);
  return getPublicSuffix(sent) === sent;
}
