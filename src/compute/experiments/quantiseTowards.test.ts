import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { quantiseTowards } from './quantiseTowards.ts';

const f32 = Math.fround;
const quantise = (perturbed: number, image: number) => quantiseTowards([perturbed], [image])[0];

it('quantiseTowards(perturbed, image) moves a pixel by 76 of 255 at ε = 0.3, never by 77', () => {
  // 0.3 is 76.5 bytes: every byte ends on a tie, which float32 noise would decide either way.
  for (let byte = 0; byte <= 255; byte++) {
    const x = f32(byte / 255);
    const [up, down] = [f32(x + f32(0.3)), f32(x - f32(0.3))];
    if (up <= 1) expect(quantise(up, x), `${byte} up`).toBe(byte + 76);
    if (down >= 0) expect(quantise(down, x), `${byte} down`).toBe(byte - 76);
  }
});

it('quantiseTowards(perturbed, image) keeps a whole byte that float32 renders a little above or below', () => {
  // ε = 0.2 is 51 bytes: x ± ε is a whole byte up to float32's rounding, and moves by 51, not 50.
  for (let byte = 0; byte <= 255; byte++) {
    const x = f32(byte / 255);
    const [up, down] = [f32(x + f32(0.2)), f32(x - f32(0.2))];
    if (up <= 1) expect(quantise(up, x), `${byte} up`).toBe(byte + 51);
    if (down >= 0) expect(quantise(down, x), `${byte} down`).toBe(byte - 51);
    expect(quantise(x, x)).toBe(byte);
  }
});

it('quantiseTowards(perturbed, image) rounds towards the image: down above it, up below it', () => {
  // 0.5 is 127.5 bytes.
  expect(Array.from(quantiseTowards([0.5, 0.5], [0, 1]))).toEqual([127, 128]);
  expect(Array.from(quantiseTowards([0, 1, 0, 1], [0, 1, 1, 0]))).toEqual([0, 255, 0, 255]);
});

it('quantiseTowards(perturbed, image) never adds to the distance from the image', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, fc.double({ min: 0, max: 1, noNaN: true }), (original, value) => {
      const [x, perturbed] = [f32(original / 255), f32(value)];
      const rounded = quantise(perturbed, x)! / 255;
      // 1e-5: a value that close to a whole byte is that byte.
      expect(Math.abs(rounded - original / 255)).toBeLessThanOrEqual(Math.abs(perturbed - x) + 1.01e-5);
      expect(Math.abs(rounded - perturbed)).toBeLessThan(1 / 255);
    }),
    { seed: 5, numRuns: 1_000 },
  );
});

it('quantiseTowards(perturbed, image) stays in the ball where the image is not bytes', () => {
  // 127.4 and 127.1 of 255: 128 would lie further off than either, 127 is the nearest that there is.
  expect(quantise(127.1 / 255, 127.4 / 255)).toBe(127);
  expect(quantise(127.8 / 255, 127.6 / 255)).toBe(128);
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(value, value, fc.double({ min: 0, max: 0.01, noNaN: true }), (x, other, epsilon) => {
      for (const perturbed of [other, Math.min(1, x + epsilon), Math.max(0, x - epsilon)]) {
        const radius = Math.max(Math.abs(perturbed - x), Math.abs(Math.round(255 * x) / 255 - x));
        expect(Math.abs(quantise(perturbed, x)! / 255 - x)).toBeLessThanOrEqual(radius + 1.01e-5);
      }
    }),
    { seed: 6, numRuns: 1_000 },
  );
});

it.each([[-0.001], [1.001], [NaN]])('quantiseTowards refuses a pixel of %d with its place', (value) => {
  const message = `invalid pixel: ${value} at 1, expected a number from 0 to 1`;
  expect(() => quantiseTowards([0.5, value], [0.5, 0.5])).toThrow(new RangeError(message));
  expect(() => quantiseTowards([0.5, 0.5], [0.5, value])).toThrow(new RangeError(message));
});

it('quantiseTowards refuses sequences of different lengths', () => {
  expect(() => quantiseTowards([0.5], [0.5, 0.5])).toThrow('invalid lengths: 1 and 2, expected equal ones');
});
