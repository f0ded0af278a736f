// Config texts → settings. Reading the files is the caller's task.

export { faultsOfRules, type Fault, type Path } from './check.js';
export { matcher } from './globs.js';
export { idsOf, settingsFrom, type FileSettings, type Layer } from './layers.js';
export { valuesOf, type Origin, type Value } from './origins.js';
export { rulesIn, type OwnRules, type Problem } from './rules.js';
export { located, placeOf, readConfig, readJson, type ConfigText, type Read } from './read.js';
export { configSchema } from './schema.js';
export { presets, ruleValues, type Config, type RuleValue } from './shape.js';
