// Convolution and its two gradients on the WASM backend, channels last and not dilated, by our own kernels: tfjs's are half
// as fast forward, many times slower backward, and there is none for the filter. Other cases go to tfjs.
import * as tf from '@tensorflow/tfjs-core';
import { runSized, sizesOf } from './nativeKernels.ts';
import { runStock, type WasmKernel } from './wasmKernel.ts';

type Shape = [number, number, number, number];

/** FusedConv2D: x [b, h, w, ic], filter [kh, kw, ic, oc], bias [oc] → [b, oh, ow, oc], max(0, x ∗ filter + bias) with ReLU. */
export const fusedConv2D: WasmKernel<'x' | 'filter', tf.FusedConv2DAttrs, 'bias'> = (call) => {
  const { inputs, backend, attrs } = call;
  const { x, filter, bias } = inputs;
  const lowest = lowestOf(attrs.activation);
  const info = infoOf(x.shape, filter.shape, attrs, attrs.dilations);
  const dilated = info.dilationHeight !== 1 || info.dilationWidth !== 1;
  const grouped = filter.shape[2] !== info.inChannels;
  if (lowest === undefined || attrs.dataFormat !== 'NHWC' || dilated || grouped)
    return runStock(backend, 'FusedConv2D', inputs, attrs);
  return runSized(backend, 'conv2D', [x, filter, bias], info.outShape, sizesOf(info), [lowest]);
};

/** Conv2D: FusedConv2D without bias and activation. */
export const conv2D: WasmKernel<'x' | 'filter', tf.Conv2DAttrs> = (call) =>
  fusedConv2D({ ...call, attrs: { ...call.attrs, activation: 'linear' } as tf.FusedConv2DAttrs });

/**
 * Conv2DBackpropInput: dy [b, oh, ow, oc], filter [kh, kw, ic, oc] → dx [b, h, w, ic]. Where y, the output of a convolution
 * with ReLU, is given and not above 0, dy counts as 0; so it does for the filter's gradient.
 */
export const conv2DBackpropInput: WasmKernel<'dy' | 'filter', tf.Conv2DBackpropInputAttrs, 'y'> = (call) => {
  const { inputs, backend, attrs } = call;
  if (attrs.dataFormat !== 'NHWC') return runStock(backend, 'Conv2DBackpropInput', inputs, attrs);
  const { dy, filter, y } = inputs;
  const info = infoOf(attrs.inputShape, filter.shape, attrs);
  return runSized(backend, 'conv2DBackpropInput', [dy, y, filter], attrs.inputShape, sizesOf(info));
};

/** Conv2DBackpropFilter: x [b, h, w, ic], dy [b, oh, ow, oc] → dFilter [kh, kw, ic, oc]. Throws on channels first, for which tfjs has none. */
export const conv2DBackpropFilter: WasmKernel<'x' | 'dy', tf.Conv2DBackpropFilterAttrs, 'y'> = (call) => {
  const { inputs, backend, attrs } = call;
  if (attrs.dataFormat !== 'NHWC') return runStock(backend, 'Conv2DBackpropFilter', inputs, attrs);
  const { x, dy, y } = inputs;
  const info = infoOf(x.shape, attrs.filterShape, attrs);
  return runSized(backend, 'conv2DBackpropFilter', [x, dy, y], attrs.filterShape, sizesOf(info));
};

/** The lowest value that an activation leaves, undefined for those that ours do not know. */
export function lowestOf(activation: tf.FusedConv2DAttrs['activation']): number | undefined {
  return { linear: -Infinity, relu: 0 }[activation as string];
}

function infoOf(
  x: number[],
  filter: number[],
  { strides, pad, dimRoundingMode }: Pick<tf.Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'>,
  dilations: tf.Conv2DAttrs['dilations'] = 1,
): tf.backend_util.Conv2DInfo {
  const shapes = [x as Shape, filter as Shape] as const;
  return tf.backend_util.computeConv2DInfo(...shapes, strides, dilations, pad, dimRoundingMode);
}
