// ELK as the engine of a layout: a bundle of its own, so that only who asks for it loads it.

export { elk } from '../index.js';
