/** Jobs that wait for the worker. */
export interface JobQueue<Job> {
  /** Adds a job; one of the same key that still waits is replaced and returned. */
  add: (key: string, priority: Priority, job: Job) => Job | undefined;
  /** Takes the next job: the highest priority first, the oldest of equals. */
  take: () => Job | undefined;
  /** Takes out the waiting job of a key. */
  remove: (key: string) => Job | undefined;
  /** Takes out all jobs. */
  clear: () => Job[];
}

/** What the reader waits for comes before the check, and the check before what fills in. */
export type Priority = 'reader' | 'check' | 'background';

const order: readonly Priority[] = ['reader', 'check', 'background'];

/**
 * A queue in which the newest job of a key wins: a slider that moves faster than the network answers
 * leaves one job waiting, its last.
 */
export function createJobQueue<Job>(): JobQueue<Job> {
  let waiting: { key: string; priority: Priority; job: Job }[] = [];
  const remove = (key: string) => {
    const found = waiting.find((entry) => entry.key === key);
    waiting = waiting.filter((entry) => entry !== found);
    return found?.job;
  };
  return {
    add: (key, priority, job) => {
      const replaced = remove(key);
      waiting.push({ key, priority, job });
      return replaced;
    },
    take: () => {
      const next = order
        .map((priority) => waiting.find((entry) => entry.priority === priority))
        .find((entry) => entry !== undefined);
      waiting = waiting.filter((entry) => entry !== next);
      return next?.job;
    },
    remove,
    clear: () => {
      const jobs = waiting.map(({ job }) => job);
      waiting = [];
      return jobs;
    },
  };
}
