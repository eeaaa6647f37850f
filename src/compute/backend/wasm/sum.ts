// Sum on the WASM backend, by our own kernel over all axes but the last (the gradient of a bias), for which tfjs's
// transposes the tensor first; other axes go to tfjs.
import * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels } from './nativeKernels.ts';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Sum: x [..., c] over attrs.axis. */
export const sum: WasmKernel<'x', tf.SumAttrs> = ({ inputs, backend, attrs }) => {
  const { x } = inputs;
  const { axis, keepDims } = attrs;
  const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
  const last = x.shape.length - 1;
  const leading = axes.length === last && axes.every((value, index) => value === index);
  if (x.dtype !== 'float32' || last < 1 || !leading || keepDims)
    return runStock(backend, 'Sum', inputs, attrs);
  const columns = x.shape[last]!;
  const out = backend.makeOutput([columns], 'float32');
  const rows = tf.util.sizeFromShape(x.shape.slice(0, last));
  nativeKernels(backend).sumRows(addressOf(backend, x), addressOf(backend, out), rows, columns);
  return out;
};
