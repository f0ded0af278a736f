// Names and texts → XML that every parser takes: escaped, and without the characters that XML cannot hold.

/** XML 1.0, production 2 (Char): no control but tab and line ends, no lone surrogate, neither U+FFFE nor U+FFFF. */
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text: string): string {
  return text.replace(impossible, '\ufffd').replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** ` name="value"`, for each that is defined. In a value, line ends and tabs are kept by writing them as references. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${inAttribute(String(value))}"`))
    .join('');
}

function inAttribute(value: string): string {
  return escaped(value).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
