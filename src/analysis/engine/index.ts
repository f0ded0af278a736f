// What the engine offers: plain gates and events in, probabilities, cut sets, flows and what stops out. It knows nothing of systems.
export { analyzeFaultTree, type FaultTreeResult, type NamedFaultTree, type NamedGate } from './fault-tree.js';
export { analyzeStructure } from './structure.js';
export { type Solution, type SolveOptions } from './solve.js';
export { type Importance } from './probability.js';
export { orderOneCuts, orderTwoCuts } from './order-one.js';
export { propagate, NEVER, SERVES, type Propagation } from './propagate.js';
export { maxFlow, type Flow, type FlowEdge, type FlowNode, type Network } from './maxflow.js';
export { stronglyConnected } from './components.js';
export { type Structure, type StructureGate } from './tree.js';
