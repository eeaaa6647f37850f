import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { expectLikeCpu, testValues } from './testing/kernelProperties.ts';
import { startWasmBackend } from './startWasmBackend.ts';

beforeAll(startWasmBackend);
beforeEach(async () => {
  await tf.setBackend('wasm');
});

const shape = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

it('minimum, maximum and comparisons equal the CPU backend on one shape, with one number, and on other broadcasts', async () => {
  const cases = fc.record({
    kernelName: fc.constantFrom('Maximum', 'Minimum', 'Greater', 'Less'),
    shape,
    seed: fc.nat(1000),
    b: fc.constantFrom('same', 'number', 'ones', 'row'),
    swap: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, ({ kernelName, shape: a, seed, b, swap }) => {
      const other = { same: a, number: [], ones: a.map(() => 1), row: a.slice(-1) }[b];
      const shapes: Record<string, number[]> = swap ? { a: other, b: a } : { a, b: other };
      return expectLikeCpu({ kernelName, shapes, attrs: {}, seed }, 0);
    }),
    { numRuns: 150, seed: 5 },
  );
});

it('Greater and Less tell the smallest numbers from 0, and NaN is neither', () => {
  // Nineteen values: one whole group of the kernel and a rest.
  const values = [1e-30, -1e-30, 0, -0, NaN, 1e-45, -1e-45, Infinity, -Infinity, 1];
  const x = tf.tensor1d([...values, ...values.slice(0, 9)]);
  const [above, below] = [x.greater(0), x.less(0)].map((tensor) => [...tensor.dataSync()]);
  expect(above).toEqual([1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0]);
  expect(below).toEqual([0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1]);
});

it('Maximum and Minimum keep NaN', () => {
  const x = tf.tensor1d([NaN, 1, -1, NaN, 2]);
  expect([...x.maximum(0).dataSync()]).toEqual([NaN, 1, 0, NaN, 2]);
  expect([...x.minimum(0).dataSync()]).toEqual([NaN, 0, -1, NaN, 0]);
});

it('integers are left to tfjs', () => {
  const [a, b] = [tf.tensor1d([7, -3], 'int32'), tf.tensor1d([2, 5], 'int32')];
  expect([...a.maximum(b).dataSync()]).toEqual([7, 5]);
  expect([...a.greater(b).dataSync()]).toEqual([1, 0]);
});

it('BiasGrad over many rows stays within 1e-6 of the exact sum of magnitudes', () => {
  const values = testValues(20_000 * 3, 1);
  const dy = tf.tensor2d(values, [20_000, 3]);
  const sums = tf.engine().runKernel<tf.Tensor>('BiasGrad', { dy }).dataSync();
  for (const c of [0, 1, 2]) {
    const column = values.filter((_, index) => index % 3 === c);
    const exact = column.reduce((sum, value) => sum + value, 0);
    const magnitude = column.reduce((sum, value) => sum + Math.abs(value), 0);
    expect(Math.abs(sums[c]! - exact)).toBeLessThan(1e-6 * magnitude);
  }
});

it('the gradient of relu passes dy where x is positive and nothing where it is 0 or below', async () => {
  await fc.assert(
    fc.asyncProperty(shape, fc.nat(1000), async (size, seed) => {
      const gradients = [];
      for (const backend of ['cpu', 'wasm']) {
        await tf.setBackend(backend);
        const [x, dy] = [0, 1].map((i) => tf.tensor(testValues(tf.util.sizeFromShape(size), seed + i), size));
        gradients.push(Array.from(tf.grad(tf.relu)(x!, dy).dataSync(), Math.fround), tf.memory().numTensors);
      }
      expect(gradients[2]).toEqual((gradients[0] as number[]).map((value) => value + 0));
    }),
    { numRuns: 40, seed: 5 },
  );
});

it('the gradient of relu does not hide NaN in x or dy', () => {
  const gradient = tf
    .grad(tf.relu)(tf.tensor1d([NaN, 1, 0, -1, 2]), tf.tensor1d([NaN, NaN, 1, 1, 1]))
    .dataSync();
  expect([...gradient]).toEqual([NaN, NaN, 0, 0, 1]);
});

it('clone and cast to the same type share data, survive the original and leave nothing behind', () => {
  const before = tf.memory();
  const x = tf.tensor1d([1, 2, 3]);
  const copies = [x.clone(), tf.engine().runKernel<tf.Tensor>('Cast', { x }, { dtype: 'float32' })];
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers + 1);
  x.dispose();
  for (const copy of copies) expect([...copy.dataSync()]).toEqual([1, 2, 3]);
  tf.dispose(copies);
  expect(tf.memory()).toEqual(before);
  expect([...tf.tensor1d([1.7, -1.7]).toInt().dataSync()]).toEqual([1, -1]);
  expect([...tf.tensor(['a', 'b']).clone().dataSync()]).toEqual(['a', 'b']);
});
