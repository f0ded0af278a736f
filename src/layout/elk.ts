// Connected pieces -> where they stand, by the layered algorithm of ELK: the other engine that a picture may ask for. The only file
// that knows it.

import ELK, { type ElkExtendedEdge, type ElkNode, type LayoutOptions } from 'elkjs/lib/elk.bundled.js';
import { gaps, type Piece, type Placement, type Wire } from './engine.js';
import type { Inset } from './faces.js';
import type { Area, Point } from './scene.js';

// Options are not inherited by containers, so each gets its own.
function spacing(many: boolean): LayoutOptions {
  return {
    'elk.spacing.nodeNode': String(gaps.boxes),
    'elk.spacing.edgeNode': String(gaps.lines),
    'elk.spacing.edgeEdge': '14',
    'elk.spacing.portPort': '20',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(gaps.columns),
    'elk.layered.spacing.edgeNodeBetweenLayers': '12',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
    'elk.layered.nodePlacement.strategy': many ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.portAlignment.default': 'CENTER',
  };
}

// Order by declaration keeps the picture where it was when something is added at the end. `considerModelOrder` crashes on anything
// but the root (elkjs 0.11 to 0.12.1), so containers keep their order by positions.
const root: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
};

/** Above this many pieces the finer ways of aligning them and of avoiding crossings take too long. */
const many = 150;
const quick: LayoutOptions = {
  'elk.layered.thoroughness': '1',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
};

const outlet = ' >';
const inlet = ' <';

function padding(inset: Inset): string {
  return `[top=${inset.top},left=${inset.left},bottom=${inset.bottom},right=${inset.right}]`;
}

/** `index`: its place among its siblings. */
function toElk(piece: Piece, common: LayoutOptions, { free, index }: { free: boolean; index: number }): ElkNode {
  const { id, width, height } = piece;
  const place = { 'elk.position': `(0,${index * 1000})` };
  if (piece.plate) {
    const layoutOptions = {
      'elk.portConstraints': 'FIXED_POS',
      ...(free ? { 'elk.layered.considerModelOrder.noModelOrder': 'true' } : {}),
    };
    const ports = [port(id + inlet, 'WEST', 0, height / 2), port(id + outlet, 'EAST', width, height / 2)];
    return { id, width, height, layoutOptions, ports };
  }
  if (piece.ports) {
    const ports = piece.ports.flatMap((one) => [
      port(one.id + inlet, 'WEST', 0, one.y),
      port(one.id + outlet, 'EAST', width, one.y),
    ]);
    return { id, width, height, layoutOptions: { ...place, 'elk.portConstraints': 'FIXED_POS' }, ports };
  }
  if (piece.children.length === 0) {
    const layoutOptions = {
      ...place,
      'elk.nodeSize.constraints': '[PORTS, MINIMUM_SIZE]',
      'elk.nodeSize.minimum': `(${width},${height})`,
      'elk.spacing.portPort': '20',
      'elk.spacing.portsSurrounding': '[top=16,left=0,bottom=16,right=0]',
      'elk.portAlignment.default': 'CENTER',
    };
    return { id, width, height, layoutOptions };
  }
  const layoutOptions = {
    ...common,
    ...place,
    'elk.layered.crossingMinimization.semiInteractive': 'true',
    'elk.padding': padding(piece.inset),
    'elk.nodeSize.constraints': '[MINIMUM_SIZE]',
    'elk.nodeSize.minimum': `(${width},${height})`,
  };
  return {
    id,
    children: piece.children.map((child, at) => toElk(child, common, { free: false, index: at })),
    layoutOptions,
  };
}

function port(id: string, side: 'WEST' | 'EAST', x: number, y: number) {
  return { id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
}

let engine: InstanceType<typeof ELK.default> | undefined;

/** Places all pieces in one drawing; those at the top, labels only if `ordered`, keep their order within a column. */
export async function placeByElk(
  pieces: readonly Piece[],
  wires: readonly Wire[],
  ordered: boolean,
): Promise<Placement> {
  const ported = new Set<string>();
  let count = 0;
  const walk = (piece: Piece): void => {
    count += 1;
    if (piece.plate) ported.add(piece.id);
    for (const one of piece.ports ?? []) ported.add(one.id);
    piece.children.forEach(walk);
  };
  pieces.forEach(walk);
  const common = spacing(count > many);
  const edges: ElkExtendedEdge[] = wires.map((wire) => ({
    id: wire.id,
    sources: [ported.has(wire.from) ? wire.from + outlet : wire.from],
    targets: [ported.has(wire.to) ? wire.to + inlet : wire.to],
  }));
  const graph: ElkNode = {
    id: ' root',
    layoutOptions: { ...root, ...common, ...(count > many ? quick : {}) },
    children: pieces.map((piece, index) => toElk(piece, common, { free: !ordered, index })),
    edges,
  };
  engine ??= new ELK.default();
  const result = await engine.layout(graph);
  return read(result);
}

function read(result: ElkNode): Placement {
  const areas = new Map<string, Area>();
  const routes = new Map<string, readonly Point[]>();
  const visit = (node: ElkNode): void => {
    for (const child of node.children ?? []) {
      areas.set(child.id, { x: child.x ?? 0, y: child.y ?? 0, width: child.width ?? 0, height: child.height ?? 0 });
      visit(child);
    }
    for (const edge of node.edges ?? []) {
      const section = edge.sections?.[0];
      if (section) routes.set(edge.id, [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
    }
  };
  visit(result);
  return { width: result.width ?? 0, height: result.height ?? 0, areas, routes };
}
