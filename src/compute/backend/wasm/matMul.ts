// Matrix product on the WASM backend. A product is a 1 × 1 convolution, a product with a transposed operand one of its two
// gradients, so our convolution kernels do all three. Batches of matrices go to tfjs.
import type * as tf from '@tensorflow/tfjs-core';
import { lowestOf } from './convolution.ts';
import { runSized, type Sizes } from './nativeKernels.ts';
import { runStock, type WasmKernel } from './wasmKernel.ts';

/** BatchMatMul: a·b over the last two axes, either operand transposed first, [..., m, k] · [..., k, n] → [..., m, n]. */
export const batchMatMul: WasmKernel<'a' | 'b', tf.BatchMatMulAttrs> = ({ inputs, backend, attrs }) => {
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

/** _FusedMatMul: BatchMatMul plus bias [n], then ReLU or nothing; ours for single matrices, neither transposed. */
export const fusedMatMul: WasmKernel<'a' | 'b', tf._FusedMatMulAttrs, 'bias'> = ({
  inputs,
  backend,
  attrs,
}) => {
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
