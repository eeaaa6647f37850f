// The pool of one in the main thread: TensorFlow's binding cannot be loaded into several threads and spreads its work
// over the cores by itself.
import { createBarrier } from './barrier.ts';
import { findTask, importTasks, type TaskMap } from './task.ts';
import { checkParties, type WorkerPool } from './workerPool.ts';

/** A pool that runs one task after the other where it is called. The backend must be started. */
export function createInlinePool<Tasks extends TaskMap>({
  tasks = new URL('../experiments/tasks/index.ts', import.meta.url).href,
  signal,
}: { tasks?: string; signal?: AbortSignal } = {}): WorkerPool<Tasks> {
  let last: Promise<unknown> = Promise.resolve();

  async function call(name: string, args: unknown, onReport: (value: unknown) => void): Promise<unknown> {
    // Signals and timers get their turn between two tasks.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    return findTask(await importTasks(tasks), name)(args, { report: onReport });
  }

  interface Follow {
    onReport?: (value: unknown) => void;
  }
  const run = (
    name: string,
    args: unknown,
    { onReport = () => undefined }: Follow = {},
  ): Promise<unknown> => {
    const result = last.then(() => call(name, args, onReport));
    last = result.catch(() => undefined);
    return result;
  };

  const pool = {
    size: 1,
    run,
    map: (name: string, args: readonly unknown[], follow?: Follow) =>
      Promise.all(args.map((one) => run(name, one, follow))),
    runAll: async (
      name: string,
      prepare: Parameters<WorkerPool['runAll']>[1],
      { parties = 1, ...follow }: Follow & { parties?: number } = {},
    ) => {
      checkParties(parties, 1);
      const [args] = prepare(1, createBarrier(1)) as readonly unknown[];
      return [await run(name, args, follow)];
    },
    close: async () => {
      await last;
    },
  };
  return pool as unknown as WorkerPool<Tasks>;
}
