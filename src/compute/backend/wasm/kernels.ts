// Our kernels under the names of tfjs's operations: the cases of networks and attacks by our compiled code, all others by tfjs's
// own kernels. Data is float32, images have channels last.
import * as tf from '@tensorflow/tfjs-core';
import { runNative, runSized, runStock, sizesOf, type Sizes, type WasmKernel } from './wasmKernel.ts';

type Shape4 = [number, number, number, number];

// Convolution and its two gradients, not dilated: tfjs's are half as fast forward, many times slower backward, and there is none
// for the filter.

/** x [b, h, w, ic], filter [kh, kw, ic, oc], bias [oc] → [b, oh, ow, oc], max(0, x ∗ filter + bias) with ReLU. */
export const FusedConv2D: WasmKernel<'x' | 'filter', tf.FusedConv2DAttrs, 'bias'> = (call) => {
  const { inputs, backend, attrs } = call;
  const { x, filter, bias } = inputs;
  const lowest = lowestOf(attrs.activation);
  const info = convolutionOf(x.shape, filter.shape, attrs, attrs.dilations);
  const dilated = info.dilationHeight !== 1 || info.dilationWidth !== 1;
  const grouped = filter.shape[2] !== info.inChannels;
  if (lowest === undefined || attrs.dataFormat !== 'NHWC' || dilated || grouped)
    return runStock(backend, 'FusedConv2D', inputs, attrs);
  return runSized(backend, 'conv2D', [x, filter, bias], info.outShape, sizesOf(info), [lowest]);
};

/** FusedConv2D without bias and activation. */
export const Conv2D: WasmKernel<'x' | 'filter', tf.Conv2DAttrs> = (call) =>
  FusedConv2D({ ...call, attrs: { ...call.attrs, activation: 'linear' } as tf.FusedConv2DAttrs });

/**
 * dy [b, oh, ow, oc], filter [kh, kw, ic, oc] → dx [b, h, w, ic]. Where y, the output of a convolution with ReLU, is given and not
 * above 0, dy counts as 0; so it does for the filter's gradient.
 */
export const Conv2DBackpropInput: WasmKernel<'dy' | 'filter', tf.Conv2DBackpropInputAttrs, 'y'> = (call) => {
  const { inputs, backend, attrs } = call;
  if (attrs.dataFormat !== 'NHWC') return runStock(backend, 'Conv2DBackpropInput', inputs, attrs);
  const { dy, filter, y } = inputs;
  const info = convolutionOf(attrs.inputShape, filter.shape, attrs);
  return runSized(backend, 'conv2DBackpropInput', [dy, y, filter], attrs.inputShape, sizesOf(info));
};

/** x [b, h, w, ic], dy [b, oh, ow, oc] → dFilter [kh, kw, ic, oc]. Throws on channels first, for which tfjs has none. */
export const Conv2DBackpropFilter: WasmKernel<'x' | 'dy', tf.Conv2DBackpropFilterAttrs, 'y'> = (call) => {
  const { inputs, backend, attrs } = call;
  if (attrs.dataFormat !== 'NHWC') return runStock(backend, 'Conv2DBackpropFilter', inputs, attrs);
  const { x, dy, y } = inputs;
  const info = convolutionOf(x.shape, attrs.filterShape, attrs);
  return runSized(backend, 'conv2DBackpropFilter', [x, dy, y], attrs.filterShape, sizesOf(info));
};

/** The lowest value that an activation leaves, undefined for those that ours do not know. */
function lowestOf(activation: tf.FusedConv2DAttrs['activation']): number | undefined {
  return { linear: -Infinity, relu: 0 }[activation as string];
}

function convolutionOf(
  x: number[],
  filter: number[],
  { strides, pad, dimRoundingMode }: Pick<tf.Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'>,
  dilations: tf.Conv2DAttrs['dilations'] = 1,
): tf.backend_util.Conv2DInfo {
  const shapes = [x as Shape4, filter as Shape4] as const;
  return tf.backend_util.computeConv2DInfo(...shapes, strides, dilations, pad, dimRoundingMode);
}

// A product of matrices is a 1 × 1 convolution, one with a transposed operand one of its two gradients. Batches of matrices go to
// tfjs.

/** a·b over the last two axes, either operand transposed first, [..., m, k] · [..., k, n] → [..., m, n]. */
export const BatchMatMul: WasmKernel<'a' | 'b', tf.BatchMatMulAttrs> = ({ inputs, backend, attrs }) => {
  const { a, b } = inputs;
  const { transposeA, transposeB } = attrs;
  const [rows, inner] = a.shape.slice(-2) as [number, number];
  const [depth, columns] = b.shape.slice(-2) as [number, number];
  const single = [a, b].every(
    ({ shape, dtype }) => dtype === 'float32' && shape.slice(0, -2).every((n) => n === 1),
  );
  const [k, m, n] = [transposeA ? rows : inner, transposeA ? inner : rows, transposeB ? depth : columns];
  const legal = k === (transposeB ? columns : depth) && m * n * k > 0;
  if (!single || !legal || (transposeA && transposeB)) return runStock(backend, 'BatchMatMul', inputs, attrs);

  const rank = Math.max(a.shape.length, b.shape.length);
  const shape = [...new Array<number>(rank - 2).fill(1), m, n];
  if (transposeA)
    return runSized(backend, 'conv2DBackpropFilter', [a, b, undefined], shape, pointwise(1, k, m, n));
  if (transposeB)
    return runSized(backend, 'conv2DBackpropInput', [a, undefined, b], shape, pointwise(m, 1, n, k));
  return runSized(backend, 'conv2D', [a, b, undefined], shape, pointwise(m, 1, k, n), [-Infinity]);
};

/** BatchMatMul plus bias [n], then ReLU or nothing; ours for single matrices, neither transposed. */
export const _FusedMatMul: WasmKernel<'a' | 'b', tf._FusedMatMulAttrs, 'bias'> = (call) => {
  const { inputs, backend, attrs } = call;
  const { a, b, bias } = inputs;
  const lowest = lowestOf(attrs.activation);
  const [[m, k], [, n]] = [a.shape as [number, number], b.shape as [number, number]];
  const plain = a.shape.length === 2 && b.shape.length === 2 && !attrs.transposeA && !attrs.transposeB;
  if (lowest === undefined || !plain) return runStock(backend, '_FusedMatMul', inputs, attrs);
  return runSized(backend, 'conv2D', [a, b, bias], [m, n], pointwise(m, 1, k, n), [lowest]);
};

/** Sizes of a 1 × 1 convolution over `batch` images of one row of `width` pixels. */
function pointwise(batch: number, width: number, inChannels: number, outChannels: number): Sizes {
  return [batch, 1, width, inChannels, 1, width, outChannels, 1, 1, 1, 1, 0, 0];
}

// Pooling. The mean of windows that reach beyond the image goes to tfjs, as it does not count what lies there.

/** x [b, h, w, c] → [b, oh, ow, c], the mean over each window. */
export const AvgPool: WasmKernel<'x', tf.AvgPoolAttrs> = ({ inputs, backend, attrs }) => {
  const { x } = inputs;
  const info = poolOf(x, attrs);
  const { top, bottom, left, right } = info.padInfo;
  if (x.dtype !== 'float32' || top + bottom + left + right > 0)
    return runStock(backend, 'AvgPool', inputs, attrs);
  return runSized(backend, 'meanPool', [x], info.outShape, sizesOf(info));
};

/** dy [b, oh, ow, c], input [b, h, w, c] → dx [b, h, w, c]. */
export const AvgPoolGrad: WasmKernel<'dy' | 'input', tf.AvgPoolGradAttrs> = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs;
  return runSized(backend, 'meanPoolGrad', [dy], input.shape, sizesOf(poolOf(input, attrs)));
};

/** Our own: x [b, h, w, c] → [b, oh, ow, c], the largest value of each window. */
export const FirstMaxPool: WasmKernel<'x', tf.MaxPoolAttrs> = ({ inputs: { x }, backend, attrs }) => {
  const info = poolOf(x, attrs);
  return runSized(backend, 'maxPool', [x], info.outShape, sizesOf(info));
};

/** Our own: dy, x and y of FirstMaxPool → dx, each dy to the first maximum of its window in row order. */
export const FirstMaxPoolGrad: WasmKernel<'dy' | 'x' | 'y', tf.MaxPoolAttrs> = (call) => {
  const { dy, x, y } = call.inputs;
  return runSized(call.backend, 'maxPoolGrad', [dy, x, y], x.shape, sizesOf(poolOf(x, call.attrs)));
};

function poolOf({ shape }: tf.TensorInfo, { filterSize, strides, pad, dimRoundingMode }: tf.AvgPoolAttrs) {
  return tf.backend_util.computePool2DInfo(shape as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
}

// Functions of single values and sums, where tfjs's take three to thirty times as long.

export const Maximum = elementwise('Maximum');
export const Minimum = elementwise('Minimum');
export const Greater = elementwise('Greater');
export const Less = elementwise('Less');

/** a ∘ b for one shape or one number b: float32 in, float32 out, or bool for a comparison. */
function elementwise(name: 'Maximum' | 'Minimum' | 'Greater' | 'Less'): WasmKernel<'a' | 'b'> {
  const dtype = name === 'Greater' || name === 'Less' ? 'bool' : 'float32';
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs;
    const number = b.shape.length <= a.shape.length && b.shape.every((n) => n === 1);
    const fits = number || tf.util.arraysEqual(a.shape, b.shape);
    if (!fits || a.dtype !== 'float32' || b.dtype !== 'float32')
      return runStock(backend, name, inputs, attrs);
    const length = tf.util.sizeFromShape(a.shape);
    return runNative(backend, name.toLowerCase(), [a, b], a.shape, [length, Number(number)], dtype);
  };
}

/** Our own: dy [..., c] → [c], the sum over all axes but the last, dy counting as 0 where y is given and ≤ 0. */
export const BiasGrad: WasmKernel<'dy', object, 'y'> = ({ inputs: { dy, y }, backend }) => {
  const columns = dy.shape.at(-1)!;
  const rows = tf.util.sizeFromShape(dy.shape.slice(0, -1));
  return runNative(backend, 'sumRows', [dy, y], [columns], [rows, columns]);
};

/** Our own: dx = dy where y is not ≤ 0, else 0; all of one shape. A NaN in y or dy is not hidden by the other. */
export const ReluGrad: WasmKernel<'dy' | 'y'> = ({ inputs: { dy, y }, backend }) =>
  runNative(backend, 'reluGrad', [dy, y], y.shape, [tf.util.sizeFromShape(y.shape)]);

/** A second reference to the data, where tfjs's kernel copies it. Tensors are immutable, so nobody can tell. */
export const Identity: WasmKernel<'x'> = ({ inputs, backend, attrs }) => {
  const { dataId, shape, dtype } = inputs.x;
  if (dtype === 'string') return runStock(backend, 'Identity', inputs, attrs);
  backend.incRef(dataId);
  return { dataId, shape, dtype };
};

/** x → x as attrs.dtype; to its own type it is {@link Identity}. */
export const Cast: WasmKernel<'x', tf.CastAttrs> = (call) =>
  call.inputs.x.dtype === call.attrs.dtype
    ? Identity(call)
    : runStock(call.backend, 'Cast', call.inputs, call.attrs);
