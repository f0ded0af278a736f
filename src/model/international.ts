// A domain name in letters of the world → the form in which it is sent, or the spelling in which a description has it first.

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

/** One spelling for each name: the one that came first. A name inside `zone` keeps that zone's spelling at its end. */
export function speller(): (name: string, zone: string) => string {
  const first = new Map<string, string>();
  return (name, zone) => {
    if (!isInternational(name) && !isInternational(zone)) return name;
    const sent = asciiName(name);
    const known = first.get(sent);
    if (known !== undefined) return known;
    const inside = sent.endsWith(`.${asciiName(zone)}`);
    const own = name.split('.').slice(0, -zone.split('.').length);
    const spelling = sent === asciiName(zone) ? zone : inside ? [...own, zone].join('.') : name;
    first.set(sent, spelling);
    return spelling;
  };
}
