// System -> the boxes of its picture, as pieces to be placed and as faces to be drawn when they are.

import type { Node, NodeId, System, Zone } from '../model/system.js';
import { recordId, type Bundle } from './bundles.js';
import type { Piece } from './engine.js';
import { cardFace, chipFace, containerFace, zoneFace, type Face } from './faces.js';
import type { Form } from './scene.js';
import type { Stacks } from './stacks.js';

export interface Drawn {
  readonly node: Node;
  readonly form: Form;
  /** A `ContainerFace` where there are chips, a `ZoneFace` where there is a zone. */
  readonly face: Face;
  readonly parent?: NodeId;
  readonly depth: number;
  /** The place of chips in the head of a container, which nothing connects. */
  readonly chips: readonly { readonly node: Node; readonly face: Face }[];
  readonly zone?: Zone;
}

export interface Outline {
  /** Containers before what they contain; chips in heads stand with their container. */
  readonly drawn: ReadonlyMap<NodeId, Drawn>;
  readonly pieces: readonly Piece[];
}

export function outlineOf(system: System, stacks: Stacks, bundles: readonly Bundle[]): Outline {
  const connected = new Set(bundles.flatMap((bundle) => [...bundle.from, ...bundle.to].map((end) => end.node.id)));
  const zones = new Map(system.zones.map((zone) => [zone.node.id, zone]));
  const drawn = new Map<NodeId, Drawn>();

  const pieceOf = (node: Node, depth: number): Piece => {
    const where = { node, depth, ...(node.parent ? { parent: node.parent.id } : {}) };
    const zone = zones.get(node.id);
    if (zone) {
      const face = zoneFace(zone, node);
      drawn.set(node.id, { ...where, form: 'container', face, chips: [], zone });
      const rows = face.rowsAt({ x: 0, y: 0, width: face.width, height: face.height });
      const ports = rows.map((row, index) => ({ id: recordId(zone, index), y: row.area.y + row.area.height / 2 }));
      return {
        id: node.id,
        width: face.width,
        height: face.height,
        inset: face.inset,
        children: [],
        ...(ports.length > 0 ? { ports } : {}),
      };
    }
    const around = node.children.length > 0 || isPlace(node);
    if (!around) {
      const small = node.parent?.kind === 'host' && isGuard(node);
      const face = small ? chipFace(node, connected.has(node.id)) : cardFace(node);
      drawn.set(node.id, { ...where, form: small ? 'chip' : 'card', face, chips: [] });
      const middle = face.middle === undefined ? {} : { middle: face.middle };
      return { id: node.id, width: face.width, height: face.height, inset: face.inset, children: [], ...middle };
    }
    const inside = node.children.filter(
      (child) => stacks.drawn(child).id === child.id || stacks.copies(node).length > 1,
    );
    const quiet = inside.filter((child) => isGuard(child) && child.children.length === 0 && !connected.has(child.id));
    const chips = quiet.map((child) => ({ node: child, face: chipFace(child) }));
    const copies = stacks.copies(node).length;
    const face = containerFace(
      node,
      chips.map((chip) => chip.face),
      { guarded: quiet.some((child) => child.kind === 'firewall'), copies: stacks.copies(node) },
    );
    drawn.set(node.id, { ...where, form: 'container', face, chips });
    const standing = inside.filter((child) => !quiet.includes(child));
    const children = evened(standing, (child) => pieceOf(child, depth + 1));
    const { width, height, inset } = face;
    if (copies === 1) return { id: node.id, width, height, inset, children };
    return { id: node.id, width: width + 16, height, inset, children, below: stackRoom };
  };

  const roots = [...system.nodes.values()].filter((node) => !node.parent && stacks.drawn(node).id === node.id);
  return { pieces: evened(roots, (node) => pieceOf(node, 0)), drawn };
}

/** Below a stack, for its other copies and for the ring with their number. */
const stackRoom = 12;
/** Copies differ by a digit in a name or an address; drawn a few px wider for it, they would not stand in line. */
const nearlyAsWide = 24;

/** The pieces of nodes beside each other; those that hold the same kinds and are nearly as wide are made equally wide. */
function evened(nodes: readonly Node[], pieceOf: (node: Node) => Piece): Piece[] {
  const pieces = nodes.map((node) => ({ piece: pieceOf(node), looks: looksOf(node) }));
  const widths = new Map<string, Set<number>>();
  for (const { piece, looks } of pieces) widths.set(looks, (widths.get(looks) ?? new Set()).add(piece.width));
  return pieces.map(({ piece, looks }) => {
    if (piece.children.length === 0) return piece;
    const near = [...(widths.get(looks) ?? [])].filter((width) => width <= piece.width + nearlyAsWide);
    return { ...piece, width: Math.max(...near) };
  });
}

function looksOf({ kind, children }: Node): string {
  return [kind, ...children.map((child) => child.kind)].join(' ');
}

/** Drawn as a container even when nothing stands in it. */
function isPlace(node: Node): boolean {
  return node.kind === 'region' || node.kind === 'zone' || node.kind === 'host' || node.kind === 'network';
}

function isGuard(node: Node): boolean {
  return node.kind === 'firewall' || node.kind === 'monitor';
}
