// Tasks that do what the tests of the pool need: answer, fail, end their thread, and meet at a barrier.
import { threadId } from 'node:worker_threads';
import { waitAtBarrier, type Barrier } from '../../networks/train/barrier.ts';

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

/** In each round every worker adds all the workers' numbers to its own: any lost step changes the outcome. */
export const lockstep = ({
  barrier,
  worker,
  shared,
}: {
  barrier: Barrier;
  worker: number;
  /** A number for each worker. */
  shared: SharedArrayBuffer;
}): { threadId: number; values: number[] } => {
  const values = new Int32Array(shared);
  values[worker] = worker + 1;
  waitAtBarrier(barrier);
  for (let round = 0; round < 50; round++) {
    const sum = values.reduce((total, value) => total + value, 0) % 1009;
    waitAtBarrier(barrier);
    values[worker] = (values[worker] + sum) % 1009;
    waitAtBarrier(barrier);
  }
  return { threadId, values: [...values] };
};

export const tasks = { double, fail, exit, report, ask, unsendable, never, lockstep };
