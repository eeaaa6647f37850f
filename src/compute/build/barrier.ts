// A meeting point of tasks that run in lockstep on different threads, and a way out when one of them is lost.

const [ARRIVED, GENERATION, ABORTED] = [0, 1, 2];

/** Shared state of a barrier; plain data, so that it can be sent to worker threads. */
export interface Barrier {
  parties: number;
  /** Int32: how many have arrived, how many times all have, whether it is aborted. */
  state: SharedArrayBuffer;
}

/** Thrown at a barrier when another of the parties is lost: what was done together must be done again. */
export class BarrierAborted extends Error {
  override name = 'BarrierAborted';
}

/** A barrier for a number of threads. Throws if it is not a positive integer. */
export function createBarrier(parties: number): Barrier {
  if (!Number.isInteger(parties) || parties < 1) {
    throw new RangeError(`invalid parties: ${parties}, expected a positive integer`);
  }
  return { parties, state: new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT) };
}

/**
 * Blocks the thread until all parties have called it; what they wrote to shared memory before is then visible to all.
 *
 * @throws {BarrierAborted} if the barrier is or gets aborted
 */
export function waitAtBarrier({ parties, state }: Barrier): void {
  const words = new Int32Array(state);
  const generation = Atomics.load(words, GENERATION);
  checkNotAborted(words);
  if (Atomics.add(words, ARRIVED, 1) + 1 === parties) {
    Atomics.store(words, ARRIVED, 0);
    Atomics.add(words, GENERATION, 1);
    Atomics.notify(words, GENERATION);
    return;
  }
  while (Atomics.load(words, GENERATION) === generation) Atomics.wait(words, GENERATION, generation);
  checkNotAborted(words);
}

/** Makes every party that waits, or will wait, throw. */
export function abortBarrier({ state }: Barrier): void {
  const words = new Int32Array(state);
  Atomics.store(words, ABORTED, 1);
  Atomics.add(words, GENERATION, 1);
  Atomics.notify(words, GENERATION);
}

function checkNotAborted(words: Int32Array): void {
  if (Atomics.load(words, ABORTED) === 1) throw new BarrierAborted('another thread of this work was lost');
}
