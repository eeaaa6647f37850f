import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Done, JobName } from './protocol.ts';
import type { Tell } from './siteFile.ts';

/** What the reader waits for comes before the check, and the check before what fills in. */
export type Priority = 'reader' | 'check' | 'background';

const order: readonly Priority[] = ['reader', 'check', 'background'];

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
    /** Takes out the job that comes next: of the highest priority, the oldest of equals. */
    take: (): Job | undefined => {
      const next = order.flatMap((priority) => waiting.filter((job) => job.priority === priority))[0];
      if (next) remove(next);
      return next;
    },
    /** Takes out all. */
    takeAll: (): Job[] => waiting.splice(0),
    all: (): readonly Job[] => waiting,
  };
}
