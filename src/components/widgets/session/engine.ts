// The page's side of the worker: one job at a time, and a new worker when one is lost.
import { createJobQueue, type Priority } from './jobQueue.ts';
import type { Device, JobName, Jobs, Message, Reply, Start } from './protocol.ts';

/** A job that was done, with the device that did it. `tensors` counts those that are alive afterwards. */
export interface Done<Name extends JobName> {
  result: Jobs[Name]['result'];
  milliseconds: number;
  tensors: number;
  device: Device;
}

/** The worker of a page, whoever asks. */
export interface Engine {
  /**
   * Has a job done. The newest job of a key wins: one that it replaces resolves to `undefined`.
   *
   * @throws if the job fails, or no worker can do it, in a sentence for the reader
   */
  run: <Name extends JobName>(
    name: Name,
    request: Jobs[Name]['request'],
    options: { key: string; priority?: Priority },
  ) => Promise<Done<Name> | undefined>;
  /** Drops the waiting job of a key. */
  cancel: (key: string) => void;
  /** Ends the worker; the next job starts a new one. */
  stop: () => void;
}

/** The part of a Worker that the engine uses. */
export interface WorkerLike {
  postMessage: (message: Message) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent<Reply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface Job {
  id: number;
  name: JobName;
  request: unknown;
  resolve: (done: Done<JobName> | undefined) => void;
  reject: (error: Error) => void;
}

/** Backends in the order in which workers are tried: a lost context is tried once more, then the processor. */
const ladder = ['webgl', 'webgl', 'cpu'] as const;

const unavailable = 'The network could not be run in this browser.';

/**
 * Creates an engine; no worker starts before the first job.
 *
 * @param createWorker starts the worker's script
 * @param patience milliseconds after which a silent worker counts as hung: for its start, for a job
 */
export function createEngine(
  { weights, sha256 }: Pick<Start, 'weights' | 'sha256'>,
  createWorker: () => WorkerLike,
  patience = { start: 60_000, job: 20_000 },
): Engine {
  const queue = createJobQueue<Job>();
  let worker: WorkerLike | undefined;
  let device: Device | undefined;
  let active: Job | undefined;
  let attempt = 0;
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const watch = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(replace, milliseconds);
  };

  function launch(): void {
    try {
      worker = createWorker();
    } catch {
      giveUp(unavailable);
      return;
    }
    const current = worker;
    current.onmessage = ({ data }) => {
      if (current === worker) receive(data);
    };
    current.onerror = () => {
      if (current === worker) replace();
    };
    watch(patience.start);
    current.postMessage({ type: 'start', weights, sha256, backend: ladder[attempt]! });
  }

  function end(): void {
    clearTimeout(timer);
    worker?.terminate();
    worker = undefined;
    device = undefined;
  }

  /** The worker is lost: the job in hand is done again by another one. */
  function replace(): void {
    end();
    attempt++;
    if (attempt < ladder.length) launch();
    else giveUp(unavailable);
  }

  /** Nothing can be done: all jobs fail, and a later one tries from the start. */
  function giveUp(message: string): void {
    end();
    attempt = 0;
    const failed = [...(active ? [active] : []), ...queue.clear()];
    active = undefined;
    for (const { reject } of failed) reject(new Error(message));
  }

  function receive(reply: Reply): void {
    switch (reply.type) {
      case 'ready':
        clearTimeout(timer);
        device = reply.device;
        next();
        break;
      case 'refused':
        giveUp(reply.message);
        break;
      case 'lost':
        replace();
        break;
      case 'done':
        if (reply.id !== active?.id) return;
        settle(({ resolve }) => resolve({ ...reply, device: device! } as Done<JobName>));
        break;
      case 'failed':
        if (reply.id !== active?.id) return;
        settle(({ reject }) => reject(new Error(reply.message)));
        break;
    }
  }

  function settle(report: (job: Job) => void): void {
    clearTimeout(timer);
    const job = active!;
    active = undefined;
    report(job);
    next();
  }

  function next(): void {
    if (!worker) {
      launch();
      return;
    }
    if (!device) return;
    active ??= queue.take();
    if (!active) return;
    watch(patience.job);
    const { id, name, request } = active;
    worker.postMessage({ type: 'job', id, name, request });
  }

  return {
    run: (name, request, { key, priority = 'reader' }) =>
      new Promise((resolve, reject) => {
        const job = { id: ++lastId, name, request, resolve: resolve as Job['resolve'], reject };
        queue.add(key, priority, job)?.resolve(undefined);
        if (!active) next();
      }),
    cancel: (key) => queue.remove(key)?.resolve(undefined),
    stop: () => {
      const dropped = [...(active ? [active] : []), ...queue.clear()];
      active = undefined;
      end();
      attempt = 0;
      for (const { resolve } of dropped) resolve(undefined);
    },
  };
}
