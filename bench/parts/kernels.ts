// Each kernel of ours against the one that tfjs has under the same name, on the network's own shapes, one thread.
import * as tf from '@tensorflow/tfjs-core';
import { runStock, stockKernel, type WasmBackend } from '../../src/compute/backend/wasm/wasmKernel.ts';
import { inTurns, ratio, timed, type Run } from '../measure.ts';
import { printTimes, type Rows, type Workbench } from '../workbench.ts';

interface Call {
  kernel: string;
  inputs: Record<string, number[]>;
  attrs?: object;
}

const IMAGES = 250;
const REPEATS = 10;

const convolution = (pad: 'same' | 'valid') => ({
  ...{ strides: [2, 2], dilations: [1, 1], pad, dataFormat: 'NHWC', dimRoundingMode: null },
});
const pool = { filterSize: [2, 2], strides: [1, 1], pad: 'valid', dimRoundingMode: null };
const [images, maps1, pooled1, maps2, pooled2] = (
  [
    [28, 28, 1],
    [14, 14, 16],
    [13, 13, 16],
    [5, 5, 32],
    [4, 4, 32],
  ] as const
).map((shape) => [IMAGES, ...shape]) as [number[], number[], number[], number[], number[]];
const [kernel1, kernel2] = [
  [8, 8, 1, 16],
  [4, 4, 16, 32],
];

const calls: Record<string, Call> = {
  'Conv2D 1': { kernel: 'Conv2D', inputs: { x: images, filter: kernel1 }, attrs: convolution('same') },
  'Conv2D 2': { kernel: 'Conv2D', inputs: { x: pooled1, filter: kernel2 }, attrs: convolution('valid') },
  'Conv2DBackpropInput 1': {
    kernel: 'Conv2DBackpropInput',
    inputs: { dy: maps1, filter: kernel1 },
    attrs: { ...convolution('same'), inputShape: images },
  },
  'Conv2DBackpropInput 2': {
    kernel: 'Conv2DBackpropInput',
    inputs: { dy: maps2, filter: kernel2 },
    attrs: { ...convolution('valid'), inputShape: pooled1 },
  },
  'Conv2DBackpropFilter 1': {
    kernel: 'Conv2DBackpropFilter',
    inputs: { x: images, dy: maps1 },
    attrs: { ...convolution('same'), filterShape: kernel1 },
  },
  'Conv2DBackpropFilter 2': {
    kernel: 'Conv2DBackpropFilter',
    inputs: { x: pooled1, dy: maps2 },
    attrs: { ...convolution('valid'), filterShape: kernel2 },
  },
  'AvgPool 1': { kernel: 'AvgPool', inputs: { x: maps1 }, attrs: pool },
  'AvgPoolGrad 1': { kernel: 'AvgPoolGrad', inputs: { dy: pooled1, input: maps1 }, attrs: pool },
  'AvgPoolGrad 2': { kernel: 'AvgPoolGrad', inputs: { dy: pooled2, input: maps2 }, attrs: pool },
  'BatchMatMul, b transposed': {
    kernel: 'BatchMatMul',
    inputs: { a: [IMAGES, 32], b: [512, 32] },
    attrs: { transposeA: false, transposeB: true },
  },
  'Add, bias 1': { kernel: 'Add', inputs: { a: maps1, b: [16] } },
  'Sum, bias 1': { kernel: 'Sum', inputs: { x: maps1 }, attrs: { axis: [0, 1, 2], keepDims: false } },
  'Maximum, images': { kernel: 'Maximum', inputs: { a: images, b: images } },
  'Greater, images and 0': { kernel: 'Greater', inputs: { a: images, b: [] } },
};

/** Times our kernels and tfjs's in turns; where tfjs has none, ours alone. */
export async function kernels({ options, backend: { name } }: Workbench): Promise<Rows> {
  if (name !== 'wasm') throw new Error(`the kernels are those of --backend wasm, not of ${name}`);
  const { startWasmBackend } = await import('../../src/compute/backend/wasm/startWasmBackend.ts');
  await startWasmBackend();
  const backend = tf.backend() as unknown as WasmBackend;
  const rows: Rows = {};
  for (const [what, { kernel, inputs: shapes, attrs = {} }] of Object.entries(calls)) {
    const inputs = Object.fromEntries(
      Object.entries(shapes).map(([key, shape]) => [key, tf.randomUniform(shape, -1, 1, 'float32', 1)]),
    );
    const repeat = (run: () => void) => () =>
      timed(() => {
        for (let i = 0; i < REPEATS; i++) run();
      });
    const work: Record<string, () => Promise<Run>> = {
      ours: repeat(() => tf.dispose(tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap))),
      ...(stockKernel(kernel) && {
        "tfjs's": repeat(() => backend.disposeData(runStock(backend, kernel, inputs, attrs).dataId)),
      }),
    };
    const times = await inTurns(work, options);
    for (const [who, one] of Object.entries(times)) {
      const perThousand = (1000 * 1000 * one.median) / (REPEATS * IMAGES);
      const against = ratio(one, times.ours!);
      rows[`${what}, ${who}: ms per 1,000 images`] = perThousand;
      rows[`${what}, ${who}: times ours`] = against;
      printTimes(
        `${what}, ${who}`,
        one,
        `${perThousand.toFixed(2)} ms per 1,000, ${against.toFixed(1)} times ours`,
      );
    }
    tf.dispose(inputs);
  }
  return rows;
}
