// Gradient of average pooling on the WASM backend. With stride 1 and no padding it is average pooling again, of dy padded
// by the window less one; every other case goes to tfjs's own kernel.
import * as tf from '@tensorflow/tfjs-core';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** AvgPoolGrad: dy [b, oh, ow, c], input [b, h, w, c] → dx [b, h, w, c], each dy spread evenly over its window. */
export const avgPoolGrad: WasmKernel<'dy' | 'input', tf.AvgPoolGradAttrs> = ({
  inputs,
  backend: wasm,
  attrs,
}) => {
  const { dy, input } = inputs;
  const { filterSize, strides, pad } = attrs;
  const shape = input.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
  const { filterHeight, filterWidth, padInfo } = info;
  const padded = padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0;
  if (padded || info.strideHeight !== 1 || info.strideWidth !== 1) {
    return runStock(wasm, 'AvgPoolGrad', { dy, input }, attrs);
  }
  const rows = [filterHeight - 1, filterHeight - 1];
  const columns = [filterWidth - 1, filterWidth - 1];
  const paddings = [[0, 0], rows, columns, [0, 0]];
  const spread = runStock(wasm, 'PadV2', { x: dy }, { paddings, constantValue: 0 });
  const dx = runStock(wasm, 'AvgPool', { x: spread }, { filterSize, strides: 1, pad: 'valid' });
  wasm.disposeData(spread.dataId);
  return dx;
};
