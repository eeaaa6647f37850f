// Tasks that do what the tests of the pool need: answer, fail, die, and meet at a barrier.
import { threadId } from 'node:worker_threads';
import { waitAtBarrier, type Barrier } from '../barrier.ts';
import type { TaskContext } from '../task.ts';

const double = ({ value }: { value: number }): number => 2 * value;

const fail = ({ counter }: { counter: SharedArrayBuffer }): never => {
  Atomics.add(new Int32Array(counter), 0, 1);
  throw new RangeError('gradient is not finite: NaN at image 3');
};

/** Ends its thread the first `deaths` times, then answers how often it was begun. */
const die = ({ counter, deaths }: { counter: SharedArrayBuffer; deaths: number }): number => {
  const begun = Atomics.add(new Int32Array(counter), 0, 1) + 1;
  if (begun <= deaths) process.exit(3);
  return begun;
};

const report = ({ values }: { values: readonly number[] }, context: TaskContext): string => {
  values.forEach((value) => context.report(value));
  return 'reported';
};

/** Reports, and does not give its thread back before the report was answered. */
const ask = ({ answer }: { answer: SharedArrayBuffer }, context: TaskContext): number => {
  context.report('question');
  const words = new Int32Array(answer);
  Atomics.wait(words, 0, 0);
  return words[0]!;
};

const unsendable = ({ counter }: { counter: SharedArrayBuffer }): (() => number) => {
  const begun = Atomics.add(new Int32Array(counter), 0, 1) + 1;
  return () => begun;
};

const never = (_args: object): Promise<never> => new Promise(() => setInterval(() => undefined, 1000));

interface Lockstep {
  barrier: Barrier;
  party: number;
  rounds: number;
  /** A number for each party. */
  shared: SharedArrayBuffer;
  counter: SharedArrayBuffer;
  /** The party that ends its thread in the middle, the first `deaths` times. */
  mortal?: number;
  deaths?: number;
  /** The party that throws in the middle. */
  thrower?: number;
}

/** In each round every party adds all the parties' numbers to its own: any lost step changes the outcome. */
const lockstep = ({ barrier, party, rounds, shared, counter, mortal, deaths = 1, thrower }: Lockstep) => {
  const values = new Int32Array(shared);
  values[party] = party + 1;
  waitAtBarrier(barrier);
  for (let round = 0; round < rounds; round++) {
    const sum = values.reduce((total, value) => total + value, 0) % 1009;
    waitAtBarrier(barrier);
    values[party] = (values[party] + sum) % 1009;
    if (round === 2 && party === mortal && Atomics.add(new Int32Array(counter), 0, 1) < deaths)
      process.exit(3);
    if (round === 2 && party === thrower) throw new RangeError('a fault of its own');
    waitAtBarrier(barrier);
  }
  return { threadId, values: [...values] };
};

export const tasks = { double, fail, die, report, ask, unsendable, never, lockstep };
