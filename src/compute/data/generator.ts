// The one source of chance: seeded, and the same numbers on every machine and engine.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers. */
export type Generator = ReturnType<typeof createGenerator>;

/**
 * The stream that belongs to a seed.
 *
 * @throws if the seed is not an integer from 0 to 2³¹ − 1
 */
export function createGenerator(seed: number) {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fffffff) {
    throw new RangeError(`invalid seed: ${seed}, expected an integer from 0 to 2147483647`);
  }
  const stream = xoroshiro128plus(seed);
  return {
    /** A whole number from `low` to `high`, both included. */
    integer: (low: number, high: number) => uniformInt(stream, low, high),
    /** A number from `low` up to, but not including, `high`. */
    uniform: (low: number, high: number) => low + (high - low) * uniformFloat64(stream),
    /** So many uniform bytes, four from each number that is drawn. */
    bytes: (count: number) => {
      const drawn = new DataView(new ArrayBuffer(4 * Math.ceil(count / 4)));
      for (let at = 0; at < count; at += 4) drawn.setInt32(at, stream.next(), true);
      return new Uint8Array(drawn.buffer, 0, count);
    },
  };
}

/** A uniform permutation of 0 … count − 1 (Fisher–Yates). */
export function permutation(generator: Generator, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = generator.integer(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/**
 * `count` distinct numbers drawn uniformly from 0 … population − 1, in ascending order.
 *
 * @throws if the count is not an integer from 0 to `population`
 */
export function sampleWithoutReplacement(seed: number, population: number, count: number): number[] {
  if (!(Number.isInteger(count) && count >= 0 && count <= population)) {
    throw new RangeError(`invalid count: ${count}, expected an integer from 0 to ${population}`);
  }
  const drawn = permutation(createGenerator(seed), population).slice(0, count);
  return [...drawn.sort()];
}
