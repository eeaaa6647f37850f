// Where the workers of a training meet after each batch, each on a thread of its own.

const ARRIVED = 0;
const ROUND = 1;

/** Shared state of a barrier; plain data, so that it can be sent to worker threads. */
export interface Barrier {
  workers: number;
  /** Int32: how many have arrived, how many times all have. */
  state: SharedArrayBuffer;
}

/** A barrier for a number of threads. Throws if that is not a positive integer. */
export function createBarrier(workers: number): Barrier {
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`invalid workers: ${workers}, expected a positive integer`);
  }
  return { workers, state: new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT) };
}

/** Blocks the thread until all workers have called it; what they wrote to shared memory before is then visible to all. */
export function waitAtBarrier({ workers, state }: Barrier): void {
  const words = new Int32Array(state);
  const round = Atomics.load(words, ROUND);
  if (Atomics.add(words, ARRIVED, 1) + 1 < workers) {
    while (Atomics.load(words, ROUND) === round) Atomics.wait(words, ROUND, round);
    return;
  }
  Atomics.store(words, ARRIVED, 0);
  Atomics.add(words, ROUND, 1);
  Atomics.notify(words, ROUND);
}
