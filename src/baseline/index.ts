// Entries ⇄ the text of a baseline file. Finding and reading the file is the caller's task.

export { readBaseline, type ReadBaseline } from './read.js';
export { keyOf, written } from './write.js';
