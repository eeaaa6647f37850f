// Gradient of a convolution with respect to its filter, which tfjs's WASM backend lacks, by our own kernel.
import * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels, sizesOf, withScratch } from './nativeKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Conv2DBackpropFilter, channels last: x [b, h, w, ic], dy [b, oh, ow, oc] → dFilter [kh, kw, ic, oc]. */
export const conv2DBackpropFilter: WasmKernel<'x' | 'dy', tf.Conv2DBackpropFilterAttrs> = ({
  inputs,
  backend,
  attrs,
}) => {
  const { x, dy } = inputs;
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs;
  if (dataFormat !== 'NHWC') {
    throw new Error(
      `Conv2DBackpropFilter on WASM: dataFormat is '${dataFormat}', expected 'NHWC': transpose the input first`,
    );
  }
  const xShape = x.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad, dimRoundingMode);
  const kernels = nativeKernels(backend);
  const dFilter = backend.makeOutput(filterShape, 'float32');
  const [from, by, to] = [addressOf(backend, x), addressOf(backend, dy), addressOf(backend, dFilter)];
  withScratch(backend, sizesOf(info), kernels.conv2DBackpropFilterScratch, (sizes, scratch) => {
    kernels.conv2DBackpropFilter(from, by, to, sizes, scratch);
  });
  return dFilter;
};
