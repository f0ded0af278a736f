// Names -> ids of elements: letters, digits and `-` stay, `/` becomes a dot, and everything else its code, so that no two names meet.

export function idOf(kind: string, name: string): string {
  const body = name.replace(/[^A-Za-z0-9-]/gu, (character) =>
    character === '/' ? '.' : `_${(character.codePointAt(0) ?? 0).toString(16)}_`,
  );
  return `${kind}.${body}`;
}
