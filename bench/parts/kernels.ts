// Each kernel of ours against the one that tfjs has under the same name, on the network's own shapes, one thread.
import * as tf from '@tensorflow/tfjs-core';
import { runStock, stockKernel, type WasmBackend } from '../../src/compute/backend/wasm/wasmKernel.ts';
import { compare, ratio, timed } from '../measure.ts';
import type { Rows } from '../runParts.ts';
import type { Workbench } from '../workbench.ts';

interface Call {
  kernel: string;
  /** Which of the network's layers calls it, or on what it is called. */
  on: string;
  inputs: Record<string, number[]>;
  attrs?: object;
}

const IMAGES = 250;
const REPEATS = 10;

const images = [IMAGES, 28, 28, 1];
const maps1 = [IMAGES, 14, 14, 16];
const pooled1 = [IMAGES, 13, 13, 16];
const maps2 = [IMAGES, 5, 5, 32];
const pooled2 = [IMAGES, 4, 4, 32];

const convolutions = [
  { on: 'layer 1', x: images, filter: [8, 8, 1, 16], dy: maps1, pad: 'same' },
  { on: 'layer 2', x: pooled1, filter: [4, 4, 16, 32], dy: maps2, pad: 'valid' },
].flatMap(({ on, x, filter, dy, pad }): Call[] => {
  const attrs = { strides: [2, 2], dilations: [1, 1], pad, dataFormat: 'NHWC', dimRoundingMode: null };
  return [
    {
      kernel: 'FusedConv2D',
      on,
      inputs: { x, filter, bias: dy.slice(-1) },
      attrs: { ...attrs, activation: 'relu' },
    },
    { kernel: 'Conv2DBackpropInput', on, inputs: { dy, filter }, attrs: { ...attrs, inputShape: x } },
    { kernel: 'Conv2DBackpropFilter', on, inputs: { x, dy }, attrs: { ...attrs, filterShape: filter } },
  ];
});

const pool = { filterSize: [2, 2], strides: [1, 1], pad: 'valid', dimRoundingMode: null };

const calls: Call[] = [
  ...convolutions,
  { kernel: 'AvgPool', on: 'layer 1', inputs: { x: maps1 }, attrs: pool },
  { kernel: 'AvgPoolGrad', on: 'layer 1', inputs: { dy: pooled1, input: maps1 }, attrs: pool },
  { kernel: 'AvgPoolGrad', on: 'layer 2', inputs: { dy: pooled2, input: maps2 }, attrs: pool },
  {
    kernel: 'BatchMatMul',
    on: 'b transposed',
    inputs: { a: [IMAGES, 32], b: [512, 32] },
    attrs: { transposeA: false, transposeB: true },
  },
  { kernel: 'BiasGrad', on: 'bias 1', inputs: { dy: maps1 } },
  { kernel: 'Maximum', on: 'images', inputs: { a: images, b: images } },
  { kernel: 'Greater', on: 'images and 0', inputs: { a: images, b: [] } },
];

/** Times our kernels and tfjs's in turns; where tfjs has none, ours alone. */
export async function kernels({ options, backend: { name } }: Workbench): Promise<Rows> {
  if (name !== 'wasm') throw new Error(`the kernels are those of --backend wasm, not of ${name}`);
  const { startWasmBackend } = await import('../../src/compute/backend/wasm/startWasmBackend.ts');
  await startWasmBackend();
  const backend = tf.backend() as unknown as WasmBackend;
  const rows: Rows = {};
  for (const { kernel, on, inputs: shapes, attrs = {} } of calls) {
    const inputs = Object.fromEntries(
      Object.entries(shapes).map(([key, shape]) => [key, tf.randomUniform(shape, -1, 1, 'float32', 1)]),
    );
    const once: Record<string, () => void> = {
      ours: () => tf.dispose(tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap)),
      ...(stockKernel(kernel) && {
        "tfjs's": () => backend.disposeData(runStock(backend, kernel, inputs, attrs).dataId),
      }),
    };
    const found = await compare(
      Object.keys(once),
      {
        name: (whose) => `${kernel}, ${on}, ${whose}`,
        run: (whose) =>
          timed(() => {
            for (let i = 0; i < REPEATS; i++) once[whose]!();
          }),
        figures: (times, _, ours) => ({
          'ms per 1,000 images': (1000 * 1000 * times.median) / (REPEATS * IMAGES),
          'times ours': ratio(times, ours),
        }),
      },
      options,
    );
    Object.assign(rows, found);
    tf.dispose(inputs);
  }
  return rows;
}
