import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import type { Window } from './layers.ts';
import { averagePool, maxPool } from './pooling.ts';

const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync(), (value) => value + 0);
type Pool = typeof maxPool;
const gradientOf = (pool: Pool, x: tf.Tensor4D, window: Window, dy: tf.Tensor4D) =>
  tf.grad((images) =>
    pool(images as tf.Tensor4D, window)
      .mul(dy)
      .sum(),
  )(x);

const windows = fc.record({
  size: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  padding: fc.constantFrom('same' as const, 'valid' as const),
});
// Few values, so that most windows tie.
const images = fc
  .tuple(fc.integer({ min: 3, max: 7 }), fc.integer({ min: 3, max: 7 }), fc.constantFrom(1, 2, 5))
  .chain(([height, width, channels]) => {
    const length = 2 * height * width * channels;
    return fc.record({
      shape: fc.constant([2, height, width, channels] as const),
      values: fc.array(fc.constantFrom(-2, 0, 0, 1), { minLength: length, maxLength: length }),
    });
  });

/** The places of the image that each place of dy covers, in row order, window after window. */
function members(x: tf.Tensor4D, { size, strides, padding }: Window, dy: tf.Tensor4D): number[][] {
  const [, height, width, channels] = x.shape;
  const [, rows, columns] = dy.shape;
  const before = (places: number, axis: 0 | 1, length: number) =>
    padding === 'same'
      ? Math.max(0, Math.floor(((places - 1) * strides[axis] + size[axis] - length) / 2))
      : 0;
  const [top, left] = [before(rows, 0, height), before(columns, 1, width)];
  return Array.from({ length: dy.size }, (_, at) => {
    const image = Math.floor(at / channels / columns / rows);
    const row = Math.floor(at / channels / columns) % rows;
    const column = Math.floor(at / channels) % columns;
    return Array.from({ length: size[0] * size[1] }, (_unused, tap) => [
      row * strides[0] - top + Math.floor(tap / size[1]),
      column * strides[1] - left + (tap % size[1]),
    ])
      .filter(([i, j]) => i! >= 0 && i! < height && j! >= 0 && j! < width)
      .map(([i, j]) => ((image * height + i!) * width + j!) * channels + (at % channels));
  });
}

/** Calls a check with random images, windows, and slopes 1, 2, 3, … at the places of the windows. */
function forEveryWindow(pool: Pool, check: (x: tf.Tensor4D, window: Window, dy: tf.Tensor4D) => void) {
  fc.assert(
    fc.property(images, windows, ({ shape, values }, window) => {
      tf.tidy(() => {
        const x = tf.tensor4d(values, [...shape]);
        const { shape: places, size } = pool(x, window);
        check(x, window, tf.range(1, size + 1).reshape<tf.Tensor4D>(places));
      });
    }),
    { seed: 20, numRuns: 60 },
  );
}

everyBackend('maxPool(images, window)', () => {
  it('is tf.maxPool, bit for bit, for every window, stride and padding', () => {
    forEveryWindow(maxPool, (x, window) => {
      const expected = tf.maxPool(x, window.size, window.strides, window.padding);
      expect(maxPool(x, window).shape).toEqual(expected.shape);
      expect(numbers(maxPool(x, window))).toEqual(numbers(expected));
      tf.grad((images) => {
        const pooled = maxPool(images as tf.Tensor4D, window);
        expect(numbers(pooled)).toEqual(numbers(expected));
        return pooled.sum();
      })(x);
    });
  });

  it('sends the gradient to the first maximum in row order', () => {
    // All tie: everything goes to the first. Then the maximum is in the second row, in both columns.
    const window: Window = { size: [2, 2], strides: [2, 2], padding: 'valid' };
    const x = tf.tensor4d([5, 5, 5, 5, 0, 1, 2, 2], [2, 2, 2, 1]);
    const ones = tf.ones<tf.Rank.R4>([2, 1, 1, 1]);
    expect(numbers(gradientOf(maxPool, x, window, ones))).toEqual([1, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('does so in windows that overlap, tie and are padded', () => {
    forEveryWindow(maxPool, (x, window, dy) => {
      const [values, slopes] = [x.dataSync(), dy.dataSync()];
      const expected = new Array<number>(values.length).fill(0);
      for (const [at, places] of members(x, window, dy).entries()) {
        const largest = Math.max(...places.map((place) => values[place]!));
        expected[places.find((place) => values[place] === largest)!]! += slopes[at]!;
      }
      expect(numbers(gradientOf(maxPool, x, window, dy))).toEqual(expected);
    });
  });
});

everyBackend('averagePool(images, window)', () => {
  it('is tf.avgPool for every window, stride and padding', () => {
    forEveryWindow(averagePool, (x, window) => {
      const expected = tf.avgPool(x, window.size, window.strides, window.padding);
      expect(averagePool(x, window).shape).toEqual(expected.shape);
      expectAllClose(averagePool(x, window), expected);
    });
  });

  it('has the gradient of the mean over what lies inside the image', () => {
    forEveryWindow(averagePool, (x, window, dy) => {
      const slopes = dy.dataSync();
      const expected = new Array<number>(x.size).fill(0);
      for (const [at, places] of members(x, window, dy).entries()) {
        for (const place of places) expected[place]! += slopes[at]! / places.length;
      }
      expectAllClose(gradientOf(averagePool, x, window, dy), expected);
    });
  });
});

everyBackend('maxPool and averagePool', () => {
  it('leak nothing', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 4, 4, 1]);
    const before = tf.memory().numTensors;
    for (const pool of [maxPool, averagePool])
      pool(x, { size: [2, 2], strides: [1, 1], padding: 'same' }).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
