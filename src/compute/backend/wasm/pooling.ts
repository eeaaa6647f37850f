// Average pooling and its gradient on the WASM backend, by our own kernel where windows move by one pixel and nothing is
// padded; other cases go to tfjs.
import * as tf from '@tensorflow/tfjs-core';
import { runSized, sizesOf } from './nativeKernels.ts';
import { runStock, type WasmBackend, type WasmKernel } from './wasmKernel.ts';

type Shape = [number, number, number, number];

/** AvgPool: x [b, h, w, c] → [b, oh, ow, c], the mean over each window. */
export const avgPool: WasmKernel<'x', tf.AvgPoolAttrs> = ({ inputs, backend, attrs }) => {
  const info = infoOf(inputs.x, attrs);
  return slides(info) && inputs.x.dtype === 'float32'
    ? slidingMean(backend, inputs.x, info)
    : runStock(backend, 'AvgPool', inputs, attrs);
};

/** AvgPoolGrad: dy [b, oh, ow, c], input [b, h, w, c] → dx [b, h, w, c]: the same mean over dy padded by the window less one. */
export const avgPoolGrad: WasmKernel<'dy' | 'input', tf.AvgPoolGradAttrs> = ({ inputs, backend, attrs }) => {
  const info = infoOf(inputs.input, attrs);
  if (!slides(info)) return runStock(backend, 'AvgPoolGrad', inputs, attrs);
  const [rows, columns] = [info.filterHeight - 1, info.filterWidth - 1];
  const pad: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [rows, rows],
    [columns, columns],
    [0, 0],
  ];
  return slidingMean(backend, inputs.dy, infoOf(inputs.dy, { ...attrs, pad }));
};

function slidingMean(
  backend: WasmBackend,
  x: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const factor = 1 / (info.filterHeight * info.filterWidth);
  return runSized(backend, 'slidingMean', [x], info.outShape, sizesOf(info), [factor]);
}

function slides({ strideHeight, strideWidth, padInfo }: tf.backend_util.Conv2DInfo): boolean {
  const padded = padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0;
  return strideHeight === 1 && strideWidth === 1 && !padded;
}

function infoOf(
  { shape }: tf.TensorInfo,
  {
    filterSize,
    strides,
    pad,
    dimRoundingMode,
  }: Omit<tf.AvgPoolAttrs, 'pad'> & { pad: tf.AvgPoolAttrs['pad'] | tf.backend_util.ExplicitPadding },
): tf.backend_util.Conv2DInfo {
  const { computePool2DInfo } = tf.backend_util;
  return computePool2DInfo(shape as Shape, filterSize, strides, 1, pad, dimRoundingMode);
}
