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

/**
 * Lets V8's optimising compiler wait for longer, in all threads: hundreds of small systems are judged before what it makes has paid for itself,
 * and meanwhile it takes the processor that another thread could use. 500 files of 67 lines: 4.7 s of the processor before, 2.8 s after.
 * Code caches are made for other settings and are refused from now on, so all bundles should be there.
 */
export function optimiseLate(): void {
  const flag = lateness[parseInt(process.versions.v8)];
  if (flag !== undefined) process.getBuiltinModule('node:v8').setFlagsFromString(flag);
}

/** By V8's version, of Node 20, 22 and 24: more than ten times what each waits for by itself. Another V8 would complain of a flag it does not know. */
const lateness: Readonly<Record<number, string>> = {
  11: '--interrupt-budget=1000000',
  12: '--invocation-count-for-turbofan=40000',
  13: '--invocation-count-for-turbofan=40000',
};
