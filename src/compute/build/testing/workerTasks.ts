// Tasks that do what the tests of the pool need: answer, fail, end their thread, and wait for others.
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';

export const double = ({ value }: { value: number }): number => 2 * value;

export const fail = ({ counter }: { counter: SharedArrayBuffer }): never => {
  Atomics.add(new Int32Array(counter), 0, 1);
  throw new RangeError('gradient is not finite: NaN at image 3');
};

export const exit = (_args: object): never => process.exit(3);

export const report = ({ values }: { values: readonly number[] }, send: (value: number) => void): string => {
  values.forEach(send);
  return 'reported';
};

/** Lets its thread do other things for some milliseconds. */
export const rest = async ({ wait }: { wait: number }, send: (value: number) => void): Promise<number> => {
  await setTimeout(wait);
  send(wait);
  return wait;
};

/** Reports, and does not give its thread back before the report was answered. */
export const ask = ({ answer }: { answer: SharedArrayBuffer }, send: (value: string) => void): number => {
  send('question');
  const words = new Int32Array(answer);
  Atomics.wait(words, 0, 0);
  return words[0] ?? 0;
};

export const unsendable = (_args: object): (() => number) => {
  return () => 1;
};

export const never = (_args: object): Promise<never> => new Promise(() => setInterval(() => undefined, 1000));

/** Holds its thread until as many of these tasks have begun as are to meet; returns the thread's number. */
export const meet = ({ begun, count }: { begun: SharedArrayBuffer; count: number }): number => {
  const words = new Int32Array(begun);
  Atomics.add(words, 0, 1);
  Atomics.notify(words, 0);
  for (let seen = words[0]!; seen < count; seen = Atomics.load(words, 0)) Atomics.wait(words, 0, seen);
  return threadId;
};

export const tasks = { double, fail, exit, report, rest, ask, unsendable, never, meet };
