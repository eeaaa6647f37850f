// The page's side of the worker: one job at a time, and a new worker when one is lost.
import type { Device, JobName, Jobs, Message, Reply } from './protocol.ts';
import type { SiteFile } from './siteFile.ts';

/** A job that was done, with the device that did it. */
export interface Done<Name extends JobName> {
  result: Jobs[Name]['result'];
  milliseconds: number;
  device: Device;
}

/** What the reader waits for comes before the check, and the check before what fills in. */
export type Priority = 'reader' | 'check' | 'background';

const order: readonly Priority[] = ['reader', 'check', 'background'];

/** The worker of a page, whoever asks. */
export interface Engine {
  /**
   * Has a job done: the highest priority first, the oldest of equals.
   *
   * @param signal drops the job if it aborts while the job waits
   * @throws if the job is dropped or fails, or no worker can do it, in a sentence for the reader
   */
  run: <Name extends JobName>(
    name: Name,
    request: Jobs[Name]['request'],
    options: { signal: AbortSignal; priority?: Priority },
  ) => Promise<Done<Name>>;
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
  priority: Priority;
  resolve: (done: Done<JobName>) => void;
  reject: (reason: unknown) => void;
}

/** Backends in the order in which workers are tried: a lost context is tried once more, then the processor. */
const ladder = ['webgl', 'webgl', 'cpu'] as const;

const unavailable = 'The network could not be run in this browser.';

const engines = new Map<string, Engine>();

/** The engine that all widgets of a page share. */
export function connect({ url, sha256 }: SiteFile): Engine {
  // Addresses are relative to the page; the worker would take them for relative to its own script.
  const address = new URL(url, document.baseURI).href;
  const engine = engines.get(address) ?? createEngine({ url: address, sha256 });
  engines.set(address, engine);
  return engine;
}

/**
 * Creates an engine; no worker starts before the first job.
 *
 * @param createWorker starts the worker's script
 * @param patience milliseconds after which a silent worker counts as hung: for its start, for a job
 */
export function createEngine(
  weights: SiteFile,
  createWorker: () => WorkerLike = startWorker,
  patience = { start: 60_000, job: 20_000 },
): Engine {
  let waiting: Job[] = [];
  let active: Job | undefined;
  let worker: WorkerLike | undefined;
  let device: Device | undefined;
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
    current.postMessage({ type: 'start', weights, backend: ladder[attempt]! });
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
    const failed = active ? [active, ...waiting] : waiting;
    active = undefined;
    waiting = [];
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
      case 'failed': {
        if (reply.id !== active?.id) return;
        clearTimeout(timer);
        const { resolve, reject } = active;
        active = undefined;
        if (reply.type === 'failed') reject(new Error(reply.message));
        else resolve({ ...reply, device: device! } as Done<JobName>);
        next();
      }
    }
  }

  function next(): void {
    if (!worker && waiting.length > 0) launch();
    if (!worker || !device) return;
    active ??= order.flatMap((priority) => waiting.filter((job) => job.priority === priority))[0];
    if (!active) return;
    waiting = waiting.filter((job) => job !== active);
    watch(patience.job);
    const { id, name, request } = active;
    worker.postMessage({ type: 'job', id, name, request });
  }

  return {
    run: (name, request, { signal, priority = 'reader' }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const job = { id: ++lastId, name, request, priority, resolve: resolve as Job['resolve'], reject };
        waiting.push(job);
        signal.addEventListener('abort', () => {
          if (!waiting.includes(job)) return;
          waiting = waiting.filter((other) => other !== job);
          reject(signal.reason as Error);
        });
        if (!active) next();
      }),
  };
}

function startWorker(): Worker {
  return new Worker(new URL('../worker/attack.worker.ts', import.meta.url), { type: 'module' });
}
