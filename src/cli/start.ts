// The program's beginning: loads the first bundle, runs, and ends with the status.

import { load } from './cached.js';
import type { main } from './main.js';
import type { nodeWorld } from './node-world.js';

const bundle = load('./main.cjs') as { readonly main: typeof main; readonly nodeWorld: typeof nodeWorld };
void bundle.main(bundle.nodeWorld(__dirname)).then((status) => process.exit(status));
