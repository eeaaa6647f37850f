// What runs on a worker thread: starts its backend, then does one task after the other.
import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from '../experiments/stage.ts';

export interface WorkerData {
  tasks: string;
  backend: 'wasm' | null;
}

export interface WorkerRequest {
  name: string;
  args: unknown;
}

/** What a worker sends: reports, then how the task ended. */
export type WorkerAnswer = { report: unknown } | { value: unknown } | { error: Error };

const { tasks: href, backend } = workerData as WorkerData;
if (backend) {
  const { startWasmBackend } = await import('../backend/wasm/startWasmBackend.ts');
  await startWasmBackend();
}
const { tasks } = (await import(href)) as { tasks: Record<string, Task<unknown, unknown, unknown>> };
const answer = (message: WorkerAnswer): void => parentPort!.postMessage(message);

async function serve({ name, args }: WorkerRequest): Promise<void> {
  try {
    const task = tasks[name];
    if (!task) throw new Error(`unknown task: '${name}', expected one of ${Object.keys(tasks).join(', ')}`);
    answer({ value: await task(args, (report) => answer({ report })) });
  } catch (thrown) {
    answer({ error: thrown instanceof Error ? thrown : new Error(String(thrown)) });
  }
}

let last = Promise.resolve();
parentPort!.on('message', (request: WorkerRequest) => {
  last = last.then(() => serve(request));
});
