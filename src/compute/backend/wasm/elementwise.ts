// Functions of single values and sums on the WASM backend, by our own kernels for the cases of the network and its attacks,
// where tfjs's take three to thirty times as long; every other case goes to tfjs.
import * as tf from '@tensorflow/tfjs-core';
import { runNative } from './nativeKernels.ts';
import { runStock, type WasmKernel } from './wasmKernel.ts';

const names = { Maximum: 'maximum', Minimum: 'minimum', Greater: 'greater', Less: 'less' } as const;

/** A kernel a ∘ b of the given name, for one shape or one number b: float32 in, float32 out, or bool for a comparison. */
export function elementwise(name: keyof typeof names): WasmKernel<'a' | 'b'> {
  const dtype = name === 'Greater' || name === 'Less' ? 'bool' : 'float32';
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs;
    const number = b.shape.length <= a.shape.length && b.shape.every((n) => n === 1);
    const fits = number || tf.util.arraysEqual(a.shape, b.shape);
    if (!fits || a.dtype !== 'float32' || b.dtype !== 'float32')
      return runStock(backend, name, inputs, attrs);
    const length = tf.util.sizeFromShape(a.shape);
    return runNative(backend, names[name], [a, b], a.shape, [length, Number(number)], dtype);
  };
}

/** BiasGrad, our own: dy [..., c] → [c], the sum over all axes but the last, dy counting as 0 where y is given and ≤ 0. */
export const biasGrad: WasmKernel<'dy', object, 'y'> = ({ inputs: { dy, y }, backend }) => {
  const columns = dy.shape.at(-1)!;
  const rows = tf.util.sizeFromShape(dy.shape.slice(0, -1));
  return runNative(backend, 'sumRows', [dy, y], [columns], [rows, columns]);
};

/** ReluGrad, our own: dx = dy where y is not ≤ 0, else 0; all of one shape. A NaN in y or dy is not hidden by the other. */
export const reluGrad: WasmKernel<'dy' | 'y'> = ({ inputs: { dy, y }, backend }) =>
  runNative(backend, 'reluGrad', [dy, y], y.shape, [tf.util.sizeFromShape(y.shape)]);

/** Identity: a second reference to the data, where tfjs's kernel copies it. Tensors are immutable, so nobody can tell. */
export const identity: WasmKernel<'x'> = ({ inputs, backend, attrs }) => {
  const { dataId, shape, dtype } = inputs.x;
  if (dtype === 'string') return runStock(backend, 'Identity', inputs, attrs);
  backend.incRef(dataId);
  return { dataId, shape, dtype };
};

/** Cast: x → x as attrs.dtype; to its own type it is {@link identity}. */
export const cast: WasmKernel<'x', tf.CastAttrs> = (call) =>
  call.inputs.x.dtype === call.attrs.dtype
    ? identity(call)
    : runStock(call.backend, 'Cast', call.inputs, call.attrs);
