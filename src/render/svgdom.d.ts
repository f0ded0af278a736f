// The part of svgdom that drawings use; it has no types of its own.

declare module 'svgdom' {
  /** A window whose document is an empty SVG. */
  export function createSVGWindow(): Window & typeof globalThis;
}
