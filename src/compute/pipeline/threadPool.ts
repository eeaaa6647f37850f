// The pool over worker threads, one backend each: the default.
import { availableParallelism } from 'node:os';
import type { BackendName } from '../backend/backendIdentity.ts';
import { abortBarrier, BarrierAborted, createBarrier } from './barrier.ts';
import { createThreads, ThreadDied, type Job } from './threads.ts';
import type { TaskMap } from './task.ts';
import { checkParties, type WorkerPool } from './workerPool.ts';

// A batch has four logical shards: more threads than that have nothing to do in training.
const MOST_THREADS = 4;

/** One thread for each core, at most four. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}

/** How many threads, what they start with, and when to end them. */
export interface ThreadPoolOptions {
  size?: number;
  backend: BackendName | null;
  /** URL of the module that exports `tasks`. */
  tasks?: string;
  signal?: AbortSignal;
}

/** A pool of worker threads. Throws if the size is not a positive integer. */
export function createThreadPool<Tasks extends TaskMap>({
  size = defaultThreads(),
  backend,
  tasks = new URL('./tasks/index.ts', import.meta.url).href,
  signal,
}: ThreadPoolOptions): WorkerPool<Tasks> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`invalid number of workers: ${size}, expected a positive integer`);
  }
  const threads = createThreads(size, { tasks, backend });
  signal?.addEventListener('abort', () => void threads.close(signal.reason as Error), { once: true });

  async function run(job: Job): Promise<unknown> {
    return onceMoreAfterDeath(() => threads.start([job])[0]!);
  }

  async function runTogether(attempt: () => { group: Job[]; abort: () => void }): Promise<unknown[]> {
    return onceMoreAfterDeath(async () => {
      const { group, abort } = attempt();
      const results = threads.start(group);
      for (const result of results) result.catch(abort);
      const settled = await Promise.allSettled(results);
      const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
      const error = errors.find(({ name }) => name !== BarrierAborted.name) ?? errors[0];
      if (error) throw error;
      return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value);
    });
  }

  const pool = {
    size,
    run: (name: string, args: unknown, { onReport, transfer }: Omit<Job, 'name' | 'args'> = {}) =>
      run({ name, args, onReport, transfer }),
    map: (name: string, args: readonly unknown[], { onReport }: Pick<Job, 'onReport'> = {}) =>
      Promise.all(args.map((one) => run({ name, args: one, onReport }))),
    runAll: async (
      name: string,
      prepare: Parameters<WorkerPool['runAll']>[1],
      { onReport, parties = size }: Pick<Job, 'onReport'> & { parties?: number } = {},
    ) => {
      checkParties(parties, size);
      return runTogether(() => {
        const barrier = createBarrier(parties);
        const list = prepare(parties, barrier) as readonly unknown[];
        if (list.length !== parties) {
          throw new RangeError(
            `invalid arguments: ${list.length}, expected one for each of ${parties} threads`,
          );
        }
        const group = list.map((args) => ({ name, args, onReport }));
        return { group, abort: () => abortBarrier(barrier) };
      });
    },
    close: () => threads.close(new Error('the worker pool is closed')),
  };
  return pool as unknown as WorkerPool<Tasks>;
}

async function onceMoreAfterDeath<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ThreadDied)) throw error;
    return attempt();
  }
}
