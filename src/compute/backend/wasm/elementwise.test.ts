import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { expectLikeCpu, testValues } from './kernelProperties.ts';
import { startWasmBackend } from './startWasmBackend.ts';

beforeAll(startWasmBackend);
beforeEach(async () => {
  await tf.setBackend('wasm');
});

const shape = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });

it('Add equals the CPU backend, biases of every width and other broadcasts among them', async () => {
  const cases = fc.record({
    shape,
    last: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(1000),
    swap: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, ({ shape: outer, last, seed, swap }) => {
      const a = [...outer, 4 * last];
      const b = a.slice(-(1 + (seed % a.length)));
      const shapes: Record<string, number[]> = swap ? { a: b, b: a } : { a, b };
      return expectLikeCpu({ kernelName: 'Add', shapes, attrs: {}, seed }, 0);
    }),
    { numRuns: 60, seed: 5 },
  );
});

it('Sum equals the CPU backend over leading axes and over others', async () => {
  const cases = fc.record({
    shape,
    count: fc.integer({ min: 1, max: 4 }),
    seed: fc.nat(1000),
    keepDims: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, ({ shape: x, count, seed, keepDims }) => {
      const axes = x.map((_, axis) => axis);
      const axis = seed % 2 ? axes.slice(0, count) : axes.slice(-count);
      return expectLikeCpu({ kernelName: 'Sum', shapes: { x }, attrs: { axis, keepDims }, seed });
    }),
    { numRuns: 60, seed: 5 },
  );
});

it('Sum over many rows stays within 1e-6 of the exact sum of magnitudes', () => {
  const values = testValues(20_000 * 3, 1);
  const sums = tf.tensor2d(values, [20_000, 3]).sum(0).dataSync();
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
