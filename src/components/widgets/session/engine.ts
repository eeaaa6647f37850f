// The page's side of the worker: one job at a time, and a new worker when one is lost.
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Device, Done, JobName, Jobs, Message, NetworkSource, Reply } from './protocol.ts';
import { download, type Tell } from './siteFile.ts';
import { messageOf } from './status.ts';

/** The worker of a network, whoever asks. */
export interface Engine {
  /**
   * Has a job done: the reader's before others, the oldest of equals.
   *
   * @param signal drops the job if it aborts while the job waits
   * @param units of the network's input, if they are not those that its file says
   * @param tell told what a worker waits for before it is ready
   * @throws if the job is dropped or fails, or no worker can do it, in a sentence for the reader
   */
  run: <Name extends JobName>(
    name: Name,
    request: Jobs[Name]['request'],
    options: {
      signal: AbortSignal;
      /** What the reader's hand waits for comes first; checks, curves and what fills in take turns. */
      priority?: 'reader' | 'background';
      tell?: Tell | undefined;
      units?: InputUnits | undefined;
    },
  ) => Promise<Done<Name>>;
  /** Ends the worker; jobs that wait are dropped, and a later one starts a new worker. */
  end: () => void;
}

interface Job {
  message: Extract<Message, { type: 'job' }>;
  priority: 'reader' | 'background';
  tell: Tell | undefined;
  resolve: (done: Done<JobName>) => void;
  reject: (reason: unknown) => void;
}

/** Milliseconds after which a silent worker counts as hung: while it starts, at a job. */
const patience = { start: 60_000, job: 20_000 };

const unavailable = 'The network could not be run in this browser.';

/**
 * Creates an engine; no worker starts before the first job.
 *
 * @param script address of the worker's script
 * @param backends in the order in which workers are tried: a lost context is tried once more, then the processor
 */
export function createEngine(
  network: NetworkSource,
  script: string,
  backends: readonly Device['backend'][] = ['webgl', 'webgl', 'cpu'],
): Engine {
  /** All that are not done, the oldest first; one of them is the worker's. */
  let jobs: Job[] = [];
  let active: Job | undefined;
  let worker: Worker | undefined;
  let device: Device | undefined;
  let attempt = 0;
  let lastId = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let loaded: Promise<unknown> | undefined;
  let launching = false;

  const tell = (words: string) => {
    for (const job of jobs) job.tell?.(words);
  };
  const remove = (job: Job) => {
    jobs = jobs.filter((other) => other !== job);
  };
  const watch = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(replace, milliseconds);
  };

  async function launch(): Promise<void> {
    launching = true;
    try {
      // Fetched here first, so that the reader is told how much has come and what went wrong.
      loaded ??= download(script, 'the network’s scripts', { tell });
      await loaded;
    } catch (error) {
      loaded = undefined;
      giveUp(messageOf(error));
      return;
    } finally {
      launching = false;
    }
    if (jobs.length === 0) return;
    try {
      worker = new Worker(script, { type: 'module' });
    } catch {
      giveUp(unavailable);
      return;
    }
    const current = worker;
    current.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (current === worker) receive(data);
    };
    current.onerror = () => {
      if (current === worker) replace();
    };
    watch(patience.start);
    current.postMessage({ type: 'start', network, backend: backends[attempt]! });
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
    if (attempt < backends.length) void launch();
    else giveUp(unavailable);
  }

  /** Nothing can be done: all jobs fail, and a later one tries from the start. */
  function giveUp(message: string): void {
    end();
    attempt = 0;
    const failed = jobs;
    jobs = [];
    active = undefined;
    for (const { reject } of failed) reject(new Error(message));
  }

  function receive(reply: Reply): void {
    switch (reply.type) {
      case 'starting':
        watch(patience.start);
        tell(reply.words);
        break;
      case 'working':
        watch((device ? patience.job : patience.start) + reply.milliseconds);
        break;
      case 'ready':
        clearTimeout(timer);
        device = attempt > 0 ? { because: 'since WebGL failed', ...reply.device } : reply.device;
        tell('');
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
        if (reply.id !== active?.message.id) return;
        clearTimeout(timer);
        // Good work makes up for a context that was lost before it.
        if (device?.backend === backends[0]) attempt = 0;
        const { resolve, reject } = active;
        remove(active);
        active = undefined;
        if (reply.type === 'failed') reject(new Error(reply.message));
        else resolve({ ...reply, device: device! } as Done<JobName>);
        next();
      }
    }
  }

  function next(): void {
    if (!worker && !launching && jobs.length > 0) void launch();
    if (!worker || !device) return;
    active ??= jobs.find(({ priority }) => priority === 'reader') ?? jobs[0];
    if (!active) return;
    watch(patience.job);
    worker.postMessage(active.message);
  }

  return {
    run: (name, request, { signal, priority = 'reader', tell: told, units }) =>
      new Promise((done, reject) => {
        signal.throwIfAborted();
        const message = { type: 'job', id: ++lastId, name, request, units } as const;
        const job: Job = { message, priority, tell: told, resolve: done as Job['resolve'], reject };
        jobs.push(job);
        signal.addEventListener('abort', () => {
          if (job === active) return;
          remove(job);
          reject(signal.reason as Error);
        });
        if (!active) next();
      }),
    end: () => giveUp('The network was stopped.'),
  };
}
