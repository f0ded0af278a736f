// The beginning of another thread of `check`: its task → its share of the verdicts, or why there is none.

import { parentPort, workerData } from 'node:worker_threads';
import { load } from './cached.js';
import type { judgeShare } from './check/share.js';
import { optimiseLate, type Answer } from './node-threads.js';
import type { nodeWorld } from './node-world.js';
import { isTrouble } from './world.js';

const world = load('./main.cjs') as { readonly nodeWorld: typeof nodeWorld };
const check = load('./check.cjs') as { readonly judgeShare: typeof judgeShare };

optimiseLate();
void check
  .judgeShare(world.nodeWorld(__dirname), workerData)
  .then(
    (result): Answer => ({ result }),
    (error: unknown): Answer => {
      // A fault of ours goes on as it is, with its stack.
      if (!isTrouble(error)) throw error;
      return { trouble: error.message, hint: error.hint };
    },
  )
  .then((answer) => parentPort?.postMessage(answer));
