// A domain name in letters of the world → the form in which it is sent, so that both spellings of one name compare as equal.

/** `xn--bcher-kva.de` for `bücher.de` (RFC 5890); the name itself where it is plain, or cannot be a name. */
export function asciiName(name: string): string {
  if (!isInternational(name)) return name;
  try {
    // The only part of the language that knows the tables; it takes underscores and wildcards as they are.
    return new URL(`http://${name}`).hostname;
  } catch {
    return name;
  }
}

/** Letters beyond ASCII, or the form in which they are sent. */
export function isInternational(name: string): boolean {
  return /[^\0-\x7f]|(?:^|\.)xn--/.test(name);
}
