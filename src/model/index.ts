// The stage `model`: trees → system.

export { addressesOf, componentsIn, isInside } from './answers.js';
export { graphOf, propertiesOf, type Graph } from './graph.js';
export { propertyKeys, wordOf, type Properties } from './properties.js';
export { kindNames, type Availabilities } from './kinds.js';
export {
  defaultLimits,
  importsOf,
  projectOf,
  type Import,
  type Limits,
  type Project,
  type Unreadable,
} from './project.js';
export { resolve, type Resolution, type ResolveOptions } from './resolve.js';
export type * from './system.js';
