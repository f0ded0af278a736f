// A task for another thread → its result, or an error that says how the thread ended without one.

import { Trouble } from './world.js';

/** What a thread says before it ends. */
export type Answer = { readonly result: unknown } | { readonly trouble: string; readonly hint: string | undefined };

export interface Streams {
  readonly stdout: (chunk: Uint8Array) => void;
  readonly stderr: (chunk: Uint8Array) => void;
}

/** Nothing of archlint ends a thread. */
const hint = 'a rule of your own may end the program; with `--threads 1` there is but one thread';

/** Node's modules for it are loaded only when it is called, and at once: the thread begins while its caller goes on to compute. */
export function inThread(script: string, task: unknown, { stdout, stderr }: Streams): Promise<unknown> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: task, stdout: true, stderr: true });
    // What modules of somebody's own print there.
    worker.stdout.on('data', stdout);
    worker.stderr.on('data', stderr);
    let answer: Answer | undefined;
    worker.once('message', (said: Answer) => {
      answer = said;
    });
    worker.once('error', reject);
    worker.once('exit', (status) => {
      if (answer === undefined)
        reject(new Trouble(`a thread ended with status ${status} before its work was done`, hint));
      else if ('trouble' in answer) reject(new Trouble(answer.trouble, answer.hint));
      else resolve(answer.result);
    });
  });
}

export function processors(): number {
  return process.getBuiltinModule('node:os').availableParallelism();
}
