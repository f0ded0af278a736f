// What the first bundle holds: the commands' descriptions and the world. Everything else is loaded by the command that needs it.

export { main } from './main.js';
export { nodeWorld } from './node-world.js';
