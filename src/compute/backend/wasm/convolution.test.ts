import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutionCases, networkConvolutions, type ConvolutionCase } from './testing/convolutionCases.ts';
import { expectLikeCpu, testValues } from './testing/kernelProperties.ts';
import { startWasmBackend } from './startWasmBackend.ts';

beforeAll(startWasmBackend);

const kernels: Record<string, (c: ConvolutionCase) => { shapes: Record<string, number[]>; attrs: object }> = {
  Conv2D: ({ x, filter, strides, pad }) => ({
    shapes: { x, filter },
    attrs: { strides, pad, dataFormat: 'NHWC', dilations: [1, 1] },
  }),
  Conv2DBackpropInput: ({ x, filter, dy, strides, pad }) => ({
    shapes: { dy, filter },
    attrs: { strides, pad, dataFormat: 'NHWC', inputShape: x },
  }),
  Conv2DBackpropFilter: ({ x, filter, dy, strides, pad }) => ({
    shapes: { x, dy },
    attrs: { strides, pad, dataFormat: 'NHWC', filterShape: filter },
  }),
};

describe.each(Object.entries(kernels))('%s on WASM', (kernelName, call) => {
  it('equals the CPU backend on random shapes, strides and paddings', async () => {
    await fc.assert(
      fc.asyncProperty(convolutionCases, (c) => expectLikeCpu({ kernelName, seed: c.seed, ...call(c) })),
      { numRuns: 40, seed: 5 },
    );
  }, 30_000);

  it.each(networkConvolutions)('equals the CPU backend on the convolution of $x by $filter', async (c) => {
    await expectLikeCpu({ kernelName, seed: c.seed, ...call(c) });
  });

  it('gives an image the same bits whatever else is in the batch', async () => {
    await tf.setBackend('wasm');
    if (kernelName === 'Conv2DBackpropFilter') return;
    for (const c of networkConvolutions) {
      const { shapes, attrs } = call({ ...c, x: [7, c.x[1], c.x[2], c.x[3]], dy: [7, ...c.dy.slice(1)] });
      const [[batched, shape], [other, otherShape]] = Object.entries(shapes) as [
        [string, number[]],
        [string, number[]],
      ];
      const all = tf.randomUniform(shape, -1, 1, 'float32', 3);
      const filter = tf.randomUniform(otherShape, -1, 1, 'float32', 4);
      const run = (images: tf.Tensor): Float32Array => {
        const of = attrs as { inputShape?: number[] };
        const inputShape = of.inputShape && [images.shape[0], ...of.inputShape.slice(1)];
        const given = { ...attrs, ...(inputShape && { inputShape }) };
        return tf
          .engine()
          .runKernel<tf.Tensor>(kernelName, { [batched]: images, [other]: filter }, given)
          .dataSync<'float32'>();
      };
      const whole = run(all);
      const length = whole.length / 7;
      for (const [first, count] of [
        [0, 1],
        [2, 2],
        [4, 3],
      ] as const) {
        const part = run(all.slice([first], [count]));
        expect(part).toEqual(whole.slice(first * length, (first + count) * length));
      }
    }
  });
});

it.each(['Conv2DBackpropInput', 'Conv2DBackpropFilter'])(
  '%s given y takes dy for 0 where y ≤ 0',
  async (kernelName) => {
    await tf.setBackend('wasm');
    fc.assert(
      fc.property(convolutionCases, (c) => {
        const { shapes, attrs } = kernels[kernelName]!(c);
        const leaves = tf.tidy(() => {
          const inputs = Object.fromEntries(
            Object.entries(shapes).map(([name, shape], i) => [name, valuesOf(shape, c.seed + i)]),
          );
          const y = valuesOf(c.dy, c.seed + 2);
          const run = (more: tf.NamedTensorMap): tf.Tensor =>
            tf.engine().runKernel(kernelName, { ...inputs, ...more }, attrs as tf.NamedAttrMap);
          return [run({ y }), run({ dy: inputs.dy!.mul(y.step()) })];
        });
        const [masked, expected] = leaves.map((leaf) => leaf.dataSync());
        tf.dispose(leaves);
        expect(masked).toEqual(expected);
      }),
      { numRuns: 40, seed: 5 },
    );
  },
);

it('Conv2D on WASM leaves dilated convolutions to tfjs', async () => {
  await expectLikeCpu({
    kernelName: 'Conv2D',
    shapes: { x: [2, 9, 9, 3], filter: [3, 3, 3, 5] },
    attrs: { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [2, 2] },
    seed: 7,
  });
});

it('Conv2DBackpropFilter on WASM refuses channels first', () => {
  const x = tf.zeros([1, 1, 4, 4]);
  const attrs = { strides: [1, 1], pad: 'valid', dataFormat: 'NCHW', filterShape: [2, 2, 1, 1] };
  const run = (): unknown =>
    tf.engine().runKernel('Conv2DBackpropFilter', { x, dy: tf.zeros([1, 1, 3, 3]) }, attrs);
  expect(run).toThrow(/tfjs has no kernel 'Conv2DBackpropFilter'/);
});

it.each(['linear', 'relu'])('FusedConv2D with a bias and %s equals the CPU backend', async (activation) => {
  await fc.assert(
    fc.asyncProperty(convolutionCases, ({ x, filter, strides, pad, seed }) => {
      const attrs = {
        strides,
        pad: Array.isArray(pad) ? 'same' : pad,
        dataFormat: 'NHWC',
        dilations: [1, 1],
        activation,
      };
      const valid = attrs.pad === 'same' || (x[1] >= filter[0] && x[2] >= filter[1]);
      fc.pre(valid);
      return expectLikeCpu({
        kernelName: 'FusedConv2D',
        shapes: { x, filter, bias: [filter[3]] },
        attrs,
        seed,
      });
    }),
    { numRuns: 20, seed: 5 },
  );
});

function valuesOf(shape: number[], seed: number): tf.Tensor {
  return tf.tensor(testValues(tf.util.sizeFromShape(shape), seed), shape);
}
