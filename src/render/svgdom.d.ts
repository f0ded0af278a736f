// The part of svgdom that drawings use; it has no types of its own.

declare module 'svgdom' {
  export interface DomNode {
    readonly nodeType: number;
    readonly nodeName: string;
    readonly data?: string;
    readonly childNodes: Iterable<DomNode>;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    readonly ownerDocument: DomDocument;
    textContent: string;
    appendChild(child: DomNode): void;
    setAttribute(name: string, value: string): void;
  }

  export interface DomDocument {
    readonly documentElement: DomNode;
    createTextNode(text: string): DomNode;
    createElementNS(space: string, name: string): DomNode;
  }

  /** A window whose document is an empty SVG. */
  export function createSVGWindow(): { readonly document: DomDocument };
}
