// Worker threads and the queue before them. A group of jobs starts when as many threads are free, each job on its own.
import { Worker, type Transferable } from 'node:worker_threads';
import type { ThreadData, ThreadReply, ThreadRequest } from './threadMessages.ts';

/** Thrown when a thread ends under a task: killed, out of memory, or `process.exit`. */
export class ThreadDied extends Error {
  override name = 'ThreadDied';
}

/** A task to be done. */
export interface Job {
  name: string;
  args: unknown;
  transfer?: readonly Transferable[] | undefined;
  onReport?: ((value: unknown) => void) | undefined;
}

interface Running extends Job {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** Threads that do groups of jobs, first come, first served. */
export interface Threads {
  /** One promise for each job. A group that is larger than the number of threads never starts. */
  start: (group: readonly Job[]) => Promise<unknown>[];
  close: (reason: Error) => Promise<void>;
}

/** A number of worker threads, started with the first group. */
export function createThreads(size: number, workerData: ThreadData): Threads {
  const queue: Running[][] = [];
  const idle = new Set<Worker>();
  const all = new Map<Worker, Running | undefined>();
  let closed: Error | undefined;
  let nextId = 0;

  function dispatch(): void {
    while (queue.length > 0 && queue[0]!.length <= idle.size) {
      for (const job of queue.shift()!) {
        const worker = idle.values().next().value!;
        idle.delete(worker);
        all.set(worker, job);
        const request: ThreadRequest = { id: nextId++, name: job.name, args: job.args };
        try {
          worker.postMessage(request, job.transfer);
        } catch (error) {
          finish(worker).reject(error as Error);
        }
      }
    }
  }

  function finish(worker: Worker): Running {
    const job = all.get(worker)!;
    all.set(worker, undefined);
    idle.add(worker);
    queueMicrotask(dispatch);
    return job;
  }

  function onReply(worker: Worker, message: ThreadReply): void {
    if (message.kind === 'ready') {
      idle.add(worker);
      dispatch();
    } else if (message.kind === 'unusable') {
      void close(message.error);
    } else if (message.kind === 'report') {
      all.get(worker)?.onReport?.(message.value);
    } else if (message.kind === 'done') {
      finish(worker).resolve(message.result);
    } else {
      const { error, name } = message;
      finish(worker).reject(Object.assign(error, { name }));
    }
  }

  function spawn(): void {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData,
      execArgv: [],
    });
    let fault: Error | undefined;
    let ready = false;
    all.set(worker, undefined);
    worker.on('message', (message: ThreadReply) => {
      ready ||= message.kind === 'ready';
      onReply(worker, message);
    });
    worker.on('error', (error) => (fault = error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => {
      const job = all.get(worker);
      all.delete(worker);
      idle.delete(worker);
      if (closed) return;
      if (!ready) return void close(new Error('a worker thread did not start', { cause: fault }));
      const why = fault?.message ?? `exit code ${code}`;
      job?.reject(
        new ThreadDied(`a worker thread ended while it ran '${job.name}' (${why})`, { cause: fault }),
      );
      spawn();
    });
  }

  async function close(reason: Error): Promise<void> {
    if (closed) return;
    closed = reason;
    for (const job of [...queue.splice(0).flat(), ...all.values()]) job?.reject(reason);
    await Promise.all([...all.keys()].map((worker) => worker.terminate()));
  }

  return {
    start(group) {
      if (closed) return group.map(() => Promise.reject(closed!));
      const promises = group.map((job) => {
        const { promise, resolve, reject } = Promise.withResolvers<unknown>();
        return { promise, running: { ...job, resolve, reject } };
      });
      queue.push(promises.map(({ running }) => running));
      while (all.size < size) spawn();
      dispatch();
      return promises.map(({ promise }) => promise);
    },
    close,
  };
}
