// What the stages see of the workers, wherever these are.
import { availableParallelism } from 'node:os';
import type { Transferable } from 'node:worker_threads';
import type { Barrier } from './barrier.ts';
import type { TaskArguments, TaskMap, TaskResult } from './task.ts';
import type { tasks } from '../experiments/tasks/index.ts';

// A batch has four logical shards: more threads than that have nothing to do in training.
const MOST_THREADS = 4;

/** One thread for each core, at most four. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}

/** Ways to follow a task, and what to hand over to it instead of copying. */
export interface RunOptions {
  /** Called in the main thread with each value that a task reports. */
  onReport?: (value: unknown) => void;
  transfer?: readonly Transferable[];
}

/** Runs tasks by name; see task.ts for what a task is. */
export interface WorkerPool<Tasks extends TaskMap = typeof tasks> {
  /** Number of threads. */
  size: number;
  /** Runs a task on the next free thread. If its thread dies it is done once more; an error of its own comes through. */
  run: <Name extends keyof Tasks & string>(
    name: Name,
    args: TaskArguments<Tasks[Name]>,
    options?: RunOptions,
  ) => Promise<TaskResult<Tasks[Name]>>;
  /** Runs a task for each of the arguments, as many at once as there are threads; results in order. */
  map: <Name extends keyof Tasks & string>(
    name: Name,
    args: readonly TaskArguments<Tasks[Name]>[],
    options?: Pick<RunOptions, 'onReport'>,
  ) => Promise<TaskResult<Tasks[Name]>[]>;
  /**
   * Runs a task on several distinct threads at once. `prepare` makes the arguments, one for each party, with whatever
   * memory they share; the barrier is theirs to meet at. If a thread dies or a task throws, the others throw at the
   * barrier; after a death all is prepared and done once more.
   */
  runAll: <Name extends keyof Tasks & string>(
    name: Name,
    prepare: (parties: number, barrier: Barrier) => readonly TaskArguments<Tasks[Name]>[],
    options?: Pick<RunOptions, 'onReport'> & { parties?: number },
  ) => Promise<TaskResult<Tasks[Name]>[]>;
  /** Ends all threads; what is still running is lost. */
  close: () => Promise<void>;
}

/** The same pool, limited to the tasks that a stage declares, so that none runs whose code is not in its key. */
export function restrictPool(pool: WorkerPool, stage: string, names: readonly string[]): WorkerPool {
  const check = (name: string): void => {
    if (!names.includes(name))
      throw new Error(`stage ${stage} runs the task '${name}' but does not declare it`);
  };
  const guarded = <F extends (name: never, ...rest: never[]) => Promise<unknown>>(method: F): F =>
    (async (name: string, ...rest: never[]) => {
      check(name);
      return method(name as never, ...rest);
    }) as unknown as F;
  return { ...pool, run: guarded(pool.run), map: guarded(pool.map), runAll: guarded(pool.runAll) };
}

/** Number of parties that a `runAll` asks for. Throws if it is more than there are threads. */
export function checkParties(parties: number, size: number): number {
  if (!Number.isInteger(parties) || parties < 1 || parties > size) {
    throw new RangeError(`invalid parties: ${parties}, expected 1 to ${size}, the number of threads`);
  }
  return parties;
}
