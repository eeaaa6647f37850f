// The pool over worker threads, one backend each: the default. Piscina keeps the threads and the queue before them.
import { fileURLToPath } from 'node:url';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { BackendName } from '../backend/backendIdentity.ts';
import { abortBarrier, BarrierAborted, createBarrier, type Barrier } from './barrier.ts';
import type { TaskMap } from './task.ts';
import type { ThreadData, ThreadMessage, ThreadReply, ThreadRequest } from './worker.ts';
import { checkParties, defaultThreads, type RunOptions, type WorkerPool } from './workerPool.ts';

/** How many threads, what they start with, and when to end them. */
export interface ThreadPoolOptions {
  size?: number;
  backend: BackendName | null;
  /** URL of the module that exports `tasks`. */
  tasks?: string;
  signal?: AbortSignal;
}

/** Thrown when a thread ends under a task: killed, out of memory, or `process.exit`. */
class ThreadDied extends Error {
  override name = 'ThreadDied';
}

interface Job extends RunOptions {
  name: string;
  args: unknown;
  start?: Barrier;
}

interface Done {
  threadId: number;
  result: unknown;
}

/** A pool of worker threads. Throws if the size is not a positive integer. */
export function createThreadPool<Tasks extends TaskMap>({
  size = defaultThreads(),
  backend,
  tasks = new URL('../experiments/tasks/index.ts', import.meta.url).href,
  signal,
}: ThreadPoolOptions): WorkerPool<Tasks> {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`invalid number of workers: ${size}, expected a positive integer`);
  }
  const workerData: ThreadData = { tasks, backend };
  const threads = new Piscina<ThreadRequest, ThreadReply>({
    ...{ filename: fileURLToPath(new URL('./worker.ts', import.meta.url)), name: 'serve', workerData },
    ...{ minThreads: size, maxThreads: size, concurrentTasksPerWorker: 1, idleTimeout: Infinity },
    // Between the tasks of a group none may overtake: two groups, each with half of the threads, would wait for ever.
    stricterFIFO: true,
    ...{ execArgv: [], atomics: 'disabled', recordTiming: false },
  });
  let closed: Error | undefined;
  async function close(reason: Error): Promise<void> {
    closed ??= reason;
    await threads.destroy();
  }
  signal?.addEventListener('abort', () => void close(signal.reason as Error), { once: true });
  // Told of threads that end idle. They are replaced, unless one ended before it was ready.
  threads.on('error', (fault: Error) => {
    if (threads.threads.length < size) {
      void close(new Error('a worker thread did not start', { cause: fault }));
    }
  });

  async function attempt({ name, args, start, onReport, transfer = [] }: Job): Promise<Done> {
    if (closed) throw closed;
    const { port1: mine, port2: port } = new MessageChannel();
    let result: unknown;
    const take = (message: ThreadMessage): void => {
      if ('result' in message) result = message.result;
      else onReport?.(message.report);
    };
    mine.on('message', take);
    const reply = await threads
      .run({ name, args, port, start }, { transferList: [...transfer, port] as never })
      .catch((error: unknown) => {
        mine.close();
        throw closed ?? deathOf(name, error as Error);
      });
    // What was sent before the reply is here, but the event loop may not have come to it.
    for (let left; (left = receiveMessageOnPort(mine));) take(left.message as ThreadMessage);
    mine.close();
    if (reply.kind === 'done') return { threadId: reply.threadId, result };
    const error = Object.assign(reply.error, { name: reply.name });
    if (reply.kind === 'unusable') await close(error);
    throw error;
  }

  async function run(job: Job): Promise<unknown> {
    return (await onceMoreAfterDeath(() => attempt(job))).result;
  }

  async function attemptTogether(group: readonly Job[], barriers: readonly Barrier[]): Promise<unknown[]> {
    const replies = group.map((job) => attempt(job));
    for (const reply of replies) reply.catch(() => barriers.forEach(abortBarrier));
    const settled = await Promise.allSettled(replies);
    const errors = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    const error = errors.find(({ name }) => name !== BarrierAborted.name) ?? errors[0];
    if (error) throw error;
    const done = settled.map((one) => (one as PromiseFulfilledResult<Done>).value);
    if (new Set(done.map(({ threadId }) => threadId)).size < done.length) {
      throw new Error(`the ${done.length} tasks of a group did not run on threads of their own`);
    }
    return done.map(({ result }) => result);
  }

  const pool = {
    size,
    run: (name: string, args: unknown, options: RunOptions = {}) => run({ ...options, name, args }),
    map: (name: string, args: readonly unknown[], { onReport }: Pick<RunOptions, 'onReport'> = {}) =>
      Promise.all(args.map((one) => run({ name, args: one, ...(onReport ? { onReport } : {}) }))),
    runAll: async (
      name: string,
      prepare: Parameters<WorkerPool['runAll']>[1],
      { parties = size, ...follow }: Pick<RunOptions, 'onReport'> & { parties?: number } = {},
    ) => {
      checkParties(parties, size);
      return onceMoreAfterDeath(() => {
        const [start, barrier] = [createBarrier(parties), createBarrier(parties)];
        const list = prepare(parties, barrier) as readonly unknown[];
        if (list.length !== parties) {
          throw new RangeError(
            `invalid arguments: ${list.length}, expected one for each of ${parties} threads`,
          );
        }
        return attemptTogether(
          list.map((args) => ({ ...follow, name, args, start })),
          [start, barrier],
        );
      });
    },
    close: () => close(new Error('the worker pool is closed')),
  };
  return pool as unknown as WorkerPool<Tasks>;
}

function deathOf(task: string, fault: Error): Error {
  // Arguments that cannot be sent are a fault of the caller.
  if (fault.name === 'DataCloneError') return fault;
  const why = fault.message.replace('worker exited with code:', 'exit code');
  return new ThreadDied(`a worker thread ended while it ran '${task}' (${why})`, { cause: fault });
}

async function onceMoreAfterDeath<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ThreadDied)) throw error;
    return attempt();
  }
}
