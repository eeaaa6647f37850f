// Pooling and its gradients on the WASM backend, by our own kernels; the mean of windows that reach beyond the image goes to
// tfjs, as it does not count what lies there.
import * as tf from '@tensorflow/tfjs-core';
import { runSized, sizesOf } from './nativeKernels.ts';
import { runStock, type WasmKernel } from './wasmKernel.ts';

/** AvgPool: x [b, h, w, c] → [b, oh, ow, c], the mean over each window. */
export const avgPool: WasmKernel<'x', tf.AvgPoolAttrs> = ({ inputs, backend, attrs }) => {
  const { x } = inputs;
  const info = infoOf(x, attrs);
  const { top, bottom, left, right } = info.padInfo;
  if (x.dtype !== 'float32' || top + bottom + left + right > 0)
    return runStock(backend, 'AvgPool', inputs, attrs);
  return runSized(backend, 'meanPool', [x], info.outShape, sizesOf(info));
};

/** AvgPoolGrad: dy [b, oh, ow, c], input [b, h, w, c] → dx [b, h, w, c]. */
export const avgPoolGrad: WasmKernel<'dy' | 'input', tf.AvgPoolGradAttrs> = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs;
  return runSized(backend, 'meanPoolGrad', [dy], input.shape, sizesOf(infoOf(input, attrs)));
};

/** FirstMaxPool, our own: x [b, h, w, c] → [b, oh, ow, c], the largest value of each window. */
export const firstMaxPool: WasmKernel<'x', tf.MaxPoolAttrs> = ({ inputs: { x }, backend, attrs }) => {
  const info = infoOf(x, attrs);
  return runSized(backend, 'maxPool', [x], info.outShape, sizesOf(info));
};

/** FirstMaxPoolGrad, our own: dy, x and y of FirstMaxPool → dx, each dy to the first maximum of its window in row order. */
export const firstMaxPoolGrad: WasmKernel<'dy' | 'x' | 'y', tf.MaxPoolAttrs> = (call) => {
  const { dy, x, y } = call.inputs;
  return runSized(call.backend, 'maxPoolGrad', [dy, x, y], x.shape, sizesOf(infoOf(x, call.attrs)));
};

function infoOf(
  { shape }: tf.TensorInfo,
  { filterSize, strides, pad, dimRoundingMode }: tf.AvgPoolAttrs,
): tf.backend_util.Conv2DInfo {
  const input = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(input, filterSize, strides, 1, pad, dimRoundingMode);
}
