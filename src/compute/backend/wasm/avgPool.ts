// Average pooling and its gradient on the WASM backend, by our own kernel where windows move by one pixel and nothing is
// padded; other cases go to tfjs.
import * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels, sizesOf, withScratch } from './nativeKernels.ts';
import { runStock } from './stockKernels.ts';
import type { WasmBackend, WasmKernel } from './wasmKernel.ts';

function slidingMean(
  backend: WasmBackend,
  x: tf.TensorInfo,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const kernels = nativeKernels(backend);
  const out = backend.makeOutput(info.outShape, 'float32');
  withScratch(backend, sizesOf(info), kernels.slidingMeanScratch, (sizes, scratch) => {
    const factor = 1 / (info.filterHeight * info.filterWidth);
    kernels.slidingMean(addressOf(backend, x), addressOf(backend, out), sizes, factor, scratch);
  });
  return out;
}

function slides({ strideHeight, strideWidth, padInfo }: tf.backend_util.Conv2DInfo): boolean {
  return (
    strideHeight === 1 &&
    strideWidth === 1 &&
    padInfo.top + padInfo.bottom + padInfo.left + padInfo.right === 0
  );
}

/** AvgPool: x [b, h, w, c] → [b, oh, ow, c], the mean over each window. */
export const avgPool: WasmKernel<'x', tf.AvgPoolAttrs> = ({ inputs, backend, attrs }) => {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const shape = inputs.x.shape as [number, number, number, number];
  const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  return slides(info) && inputs.x.dtype === 'float32'
    ? slidingMean(backend, inputs.x, info)
    : runStock(backend, 'AvgPool', inputs, attrs);
};

/** AvgPoolGrad: dy [b, oh, ow, c], input [b, h, w, c] → dx [b, h, w, c]: the same mean over dy padded by the window less one. */
export const avgPoolGrad: WasmKernel<'dy' | 'input', tf.AvgPoolGradAttrs> = ({ inputs, backend, attrs }) => {
  const { filterSize, strides, pad } = attrs;
  const shape = inputs.input.shape as [number, number, number, number];
  const { filterHeight, filterWidth, ...info } = tf.backend_util.computePool2DInfo(
    shape,
    filterSize,
    strides,
    1,
    pad,
  );
  if (!slides({ filterHeight, filterWidth, ...info })) return runStock(backend, 'AvgPoolGrad', inputs, attrs);
  const around: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [filterHeight - 1, filterHeight - 1],
    [filterWidth - 1, filterWidth - 1],
    [0, 0],
  ];
  const dyShape = inputs.dy.shape as [number, number, number, number];
  return slidingMean(
    backend,
    inputs.dy,
    tf.backend_util.computePool2DInfo(dyShape, filterSize, 1, 1, around),
  );
};
