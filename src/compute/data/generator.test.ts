import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGenerator, permutation, sampleWithoutReplacement } from './generator.ts';

const seeds = fc.integer({ min: 0, max: 0x7fffffff });

describe('createGenerator(seed)', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: number) => {
      const { integer, uniform } = createGenerator(seed);
      return [integer(0, 1_000_000), uniform(0, 1), integer(-5, 5), uniform(-1, 1)];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
    expect(draw(0)).not.toEqual(draw(1));
  });

  it('gives these numbers for seed 1 on every machine and engine', () => {
    const { integer, uniform } = createGenerator(1);
    expect(Array.from({ length: 6 }, () => integer(0, 999))).toMatchInlineSnapshot(`
      [
        646,
        328,
        81,
        997,
        890,
        829,
      ]
    `);
    expect(Array.from({ length: 3 }, () => uniform(0, 1))).toMatchInlineSnapshot(`
      [
        0.5041129336238747,
        0.2928605420317498,
        0.8250582242257779,
      ]
    `);
  });

  it('draws whole numbers over the whole range, both ends included', () => {
    const { integer } = createGenerator(3);
    const counts = new Map<number, number>();
    for (let i = 0; i < 3_000; i++) {
      const value = integer(-1, 1);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-1, 0, 1]);
    // 1,000 each, standard deviation 26: within five of them.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(130);
  });

  it('draws uniform numbers from low up to high', () => {
    const { uniform } = createGenerator(4);
    const drawn = Array.from({ length: 2_000 }, () => uniform(-3, 1));
    expect(drawn.every((value) => value >= -3 && value < 1)).toBe(true);
    // Mean −1, standard deviation of the mean 4 / √12 / √2000 = 0.026.
    expect(Math.abs(drawn.reduce((sum, value) => sum + value, 0) / 2_000 + 1)).toBeLessThan(0.13);
  });

  it('draws bytes evenly, as many as are asked for', () => {
    const drawn = createGenerator(5).bytes(10_001);
    expect(drawn).toHaveLength(10_001);
    // Mean 127.5, standard deviation of the mean 74 / 100: within five of them.
    expect(Math.abs(drawn.reduce((sum, byte) => sum + byte, 0) / 10_001 - 127.5)).toBeLessThan(3.7);
    expect(new Set(drawn).size).toBe(256);
  });

  it.each([[-1], [1.5], [NaN], [2 ** 31]])('refuses the seed %d', (seed) => {
    expect(() => createGenerator(seed)).toThrow(
      `invalid seed: ${seed}, expected an integer from 0 to 2147483647`,
    );
  });
});

describe('permutation(generator, count)', () => {
  it('holds each number once', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 300 }), (seed, count) => {
        const order = [...permutation(createGenerator(seed), count)];
        expect(order.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
      }),
      { seed: 6 },
    );
  });

  it('is uniform: each of the six orders of three comes up as often', () => {
    const generator = createGenerator(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6_000; i++) {
      const order = permutation(generator, 3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 each, standard deviation 29: within five of them.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(145);
  });

  it('goes on with the stream: a second one is another', () => {
    const generator = createGenerator(9);
    expect(permutation(generator, 50)).not.toEqual(permutation(generator, 50));
  });
});

describe('sampleWithoutReplacement(seed, population, count)', () => {
  it('draws distinct numbers below the population in ascending order', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, n, share) => {
          const count = Math.floor(n * share);
          const drawn = sampleWithoutReplacement(seed, n, count);
          expect(drawn).toHaveLength(count);
          expect(drawn.every((value, i) => value < n && (i === 0 || value > drawn[i - 1]!))).toBe(true);
        },
      ),
      { seed: 7 },
    );
  });

  it('draws the report’s 1,000 of 10,000 evenly, and the same ones each time', () => {
    const drawn = sampleWithoutReplacement(3, 10_000, 1_000);
    expect(sampleWithoutReplacement(3, 10_000, 1_000)).toEqual(drawn);
    expect(sampleWithoutReplacement(4, 10_000, 1_000)).not.toEqual(drawn);
    // 500 of the first half, standard deviation 15: within five of them.
    expect(Math.abs(drawn.filter((index) => index < 5_000).length - 500)).toBeLessThan(75);
  });

  it('draws everything if asked for everything', () => {
    expect(sampleWithoutReplacement(1, 4, 4)).toEqual([0, 1, 2, 3]);
  });

  it.each([[11], [-1], [2.5], [NaN]])('refuses a count of %d out of 10', (count) => {
    expect(() => sampleWithoutReplacement(1, 10, count)).toThrow(
      new RangeError(`invalid count: ${count}, expected an integer from 0 to 10`),
    );
  });
});
