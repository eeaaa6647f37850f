// Minimum, maximum and comparisons on the WASM backend, by our own kernels where both operands have one shape or the second
// is one number: tfjs's take ten times as long and more. Every other case goes to tfjs.
import { util } from '@tensorflow/tfjs-core';
import type * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels, type NativeKernels } from './nativeKernels.ts';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

const names = {
  Maximum: 'maximum',
  Minimum: 'minimum',
  Greater: 'greater',
  Less: 'less',
} as const satisfies Record<string, keyof NativeKernels>;

/** A kernel a ∘ b of the given name: float32 in, float32 out, or bool for a comparison. */
export function elementwise(name: keyof typeof names): WasmKernel<'a' | 'b', object> {
  const dtype = name === 'Greater' || name === 'Less' ? 'bool' : 'float32';
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs;
    const scalar = isScalarFor(b, a);
    const ours =
      a.dtype === 'float32' && b.dtype === 'float32' && (scalar || util.arraysEqual(a.shape, b.shape));
    if (!ours) return runStock(backend, name, inputs, attrs);
    const out = backend.makeOutput(a.shape, dtype);
    const [left, right, to] = [addressOf(backend, a), addressOf(backend, b), addressOf(backend, out)];
    nativeKernels(backend)[names[name]](left, right, to, util.sizeFromShape(a.shape), scalar);
    return out;
  };
}

/** Whether b is one number that broadcasts to a's own shape. */
function isScalarFor(b: tf.TensorInfo, a: tf.TensorInfo): boolean {
  return b.shape.length <= a.shape.length && b.shape.every((n) => n === 1);
}
