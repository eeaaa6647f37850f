// Where the tasks of the stages run: on worker threads with a backend each or, for TensorFlow, in the main thread.
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { RunTask } from '../experiments/stage.ts';
import type { WorkerAnswer, WorkerData, WorkerRequest } from './worker.ts';

// A batch has four logical shards: more threads than that have nothing to do in the longest training.
const MOST_THREADS = 4;

// A thread has its next job at hand before it is done with one, as the jobs of a training are short. The price: at the end of a
// stage one job may wait for a busy thread while another has nothing to do.
const JOBS_AHEAD = 2;

export interface WorkerPool {
  /** Tasks go to threads in the order in which they come, to those first that have nothing to do. */
  run: RunTask;
  /** Ends the workers and what they are at. */
  close: () => Promise<void>;
}

/** One thread for each core, at most four. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}

interface Job {
  request: WorkerRequest;
  onReport: (value: never) => void;
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

interface Thread {
  worker: Worker;
  /** At work, and what follows at once. */
  jobs: Job[];
}

/**
 * A pool of worker threads. When one of them ends, all that is at work fails: the next build goes on from there.
 *
 * @param backend the backend that each thread starts; null for tasks that need none
 * @param tasks URL of the module that exports `tasks`
 */
export function createThreadPool({
  size = defaultThreads(),
  backend = 'wasm',
  tasks = new URL('../experiments/index.ts', import.meta.url).href,
}: { size?: number } & Partial<WorkerData> = {}): WorkerPool {
  const queue: Job[] = [];
  let ended: Error | undefined;
  const workerData: WorkerData = { tasks, backend };
  const threads = Array.from({ length: size }, (): Thread => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, execArgv: [] });
    const thread: Thread = { worker, jobs: [] };
    worker.on('message', (answer: WorkerAnswer) => take(thread, answer));
    worker.on('error', (error: Error) => void end(error));
    worker.on('exit', (code) => {
      const work = thread.jobs[0] ? ` while it ran '${thread.jobs[0].request.name}'` : '';
      void end(new Error(`a worker thread ended${work} (exit code ${code})`));
    });
    return thread;
  });

  function take(thread: Thread, answer: WorkerAnswer): void {
    const job = thread.jobs[0]!;
    if ('report' in answer) {
      job.onReport(answer.report as never);
      return;
    }
    thread.jobs.shift();
    if ('error' in answer) job.reject(answer.error);
    else job.resolve(answer.value as never);
    beginNext();
  }

  function beginNext(): void {
    for (let depth = 1; depth <= JOBS_AHEAD; depth++) {
      for (const { worker, jobs } of threads) {
        if (jobs.length >= depth) continue;
        const job = queue.shift();
        if (!job) return;
        try {
          worker.postMessage(job.request);
          jobs.push(job);
        } catch (error) {
          job.reject(error as Error);
        }
      }
    }
  }

  async function end(reason: Error): Promise<void> {
    ended ??= reason;
    const jobs = [...threads.flatMap(({ jobs }) => jobs), ...queue.splice(0)];
    for (const { reject } of jobs) reject(ended);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  return {
    run: (task, args, onReport = () => undefined) =>
      new Promise((resolve, reject) => {
        if (ended) throw ended;
        queue.push({ request: { name: task.name, args }, onReport, resolve, reject });
        beginNext();
      }),
    close: () => end(new Error('the worker pool is closed')),
  };
}

/**
 * A pool of one that runs each task where it is called: TensorFlow's binding cannot be loaded into several threads, and
 * spreads its work over the cores by itself. The backend must be started.
 */
export function createInlinePool(): WorkerPool {
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const run: RunTask = (task, args, onReport = () => undefined) => {
    const turn = last.then(async () => {
      // Signals and timers get their turn between two tasks.
      await setImmediate();
      if (closed) throw new Error('the worker pool is closed');
    });
    const done = turn.then(() => task(args, onReport));
    last = done.catch(() => undefined);
    return done as never;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await last;
  };
  return { run, close };
}
