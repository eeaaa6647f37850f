// Gradient of a convolution with respect to its input, on the WASM backend, by our own kernel.
import * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels, sizesOf, withScratch } from './nativeKernels.ts';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Conv2DBackpropInput: dy [b, oh, ow, oc], filter [kh, kw, ic, oc] → dx [b, h, w, ic]; channels first go to tfjs. */
export const conv2DBackpropInput: WasmKernel<'dy' | 'filter', tf.Conv2DBackpropInputAttrs> = ({
  inputs,
  backend,
  attrs,
}) => {
  const { dy, filter } = inputs;
  const { strides, pad, dataFormat, dimRoundingMode, inputShape } = attrs;
  if (dataFormat !== 'NHWC') return runStock(backend, 'Conv2DBackpropInput', inputs, attrs);
  const filterShape = filter.shape as [number, number, number, number];
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const kernels = nativeKernels(backend);
  const dx = backend.makeOutput(inputShape, 'float32');
  const [from, by, to] = [addressOf(backend, dy), addressOf(backend, filter), addressOf(backend, dx)];
  withScratch(backend, sizesOf(info), kernels.conv2DBackpropInputScratch, (sizes, scratch) => {
    kernels.conv2DBackpropInput(from, by, to, sizes, scratch);
  });
  return dx;
};
