import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, it } from 'vitest';
import { startWasmBackend } from './startWasmBackend.ts';
import { expectLikeCpu } from './testing/kernelProperties.ts';

beforeAll(startWasmBackend);

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const pools = fc
  .record({
    x: fc.tuple(upTo(4), upTo(12), upTo(12), fc.oneof(upTo(9), fc.constantFrom(4, 8, 16, 32))),
    filterSize: fc.tuple(upTo(4), upTo(4)),
    strides: fc.tuple(upTo(3), upTo(3)),
    pad: fc.constantFrom<('same' | 'valid')[]>('same', 'valid'),
    seed: fc.nat(1000),
  })
  .filter(({ x, filterSize, pad }) => pad === 'same' || (x[1] >= filterSize[0] && x[2] >= filterSize[1]));

it.each(['AvgPool', 'AvgPoolGrad'])(
  '%s equals the CPU backend on random shapes, strides and paddings',
  async (kernelName) => {
    await fc.assert(
      fc.asyncProperty(pools, ({ x, filterSize, strides, pad, seed }) => {
        const dy = tf.backend_util.computePool2DInfo(x, filterSize, strides, 1, pad).outShape;
        const shapes: Record<string, number[]> = kernelName === 'AvgPool' ? { x } : { dy, input: x };
        return expectLikeCpu({ kernelName, shapes, attrs: { filterSize, strides, pad }, seed });
      }),
      { numRuns: 100, seed: 5 },
    );
  },
);

it.each([
  [13, 13, 16],
  [5, 5, 32],
])('AvgPoolGrad equals the CPU backend on the pool over [%i, %i, %i]', async (h, w, c) => {
  const attrs = { filterSize: [2, 2], strides: [1, 1], pad: 'valid' };
  await expectLikeCpu({
    kernelName: 'AvgPoolGrad',
    shapes: { dy: [3, h - 1, w - 1, c], input: [3, h, w, c] },
    attrs,
    seed: 3,
  });
});
