import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Done, JobName } from './protocol.ts';
import type { Tell } from './siteFile.ts';

/** What the reader's hand waits for comes first; checks, curves and what fills in take turns. */
export type Priority = 'reader' | 'background';

/** A job that somebody waits for. */
export interface Job {
  id: number;
  name: JobName;
  request: unknown;
  units: InputUnits | undefined;
  priority: Priority;
  tell: Tell | undefined;
  resolve: (done: Done<JobName>) => void;
  reject: (reason: unknown) => void;
}

/** Jobs that wait for the worker. */
export function createJobQueue() {
  let waiting: Job[] = [];
  const remove = (job: Job) => {
    waiting = waiting.filter((other) => other !== job);
  };
  return {
    /** Lets a job wait; it is dropped if the signal aborts meanwhile. */
    add: (job: Job, signal: AbortSignal) => {
      waiting.push(job);
      signal.addEventListener('abort', () => {
        if (!waiting.includes(job)) return;
        remove(job);
        job.reject(signal.reason);
      });
    },
    /** Takes out the job that comes next: the reader's before others, the oldest of equals. */
    take: (): Job | undefined => {
      const next = waiting.find(({ priority }) => priority === 'reader') ?? waiting[0];
      if (next) remove(next);
      return next;
    },
    /** Takes out all. */
    takeAll: (): Job[] => waiting.splice(0),
    all: (): readonly Job[] => waiting,
  };
}
