// The kernels that tfjs itself registers for the WASM backend, kept from before ours take their names: fast parts to
// compose ours from, and the place where a case that ours do not handle goes.
import * as tf from '@tensorflow/tfjs-core';
import type { WasmBackend } from './wasmKernel.ts';

const stock = new Map<string, tf.KernelFunc | undefined>();

/**
 * Returns tfjs's own WASM kernel of that name, `undefined` where tfjs has none. The first call for a name must come
 * before a kernel of ours is registered under it.
 */
export function stockKernel(name: string): tf.KernelFunc | undefined {
  if (!stock.has(name)) {
    const registered = tf.getKernel(name, 'wasm') as tf.KernelConfig | undefined;
    stock.set(name, registered?.kernelFunc);
  }
  return stock.get(name);
}

/** Runs tfjs's own WASM kernel on tensors of the backend; the caller disposes of the result's data. Throws if it is missing. */
export function runStock(
  backend: WasmBackend,
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: object = {},
): tf.TensorInfo {
  const kernel = stockKernel(name);
  if (!kernel) {
    throw new Error(
      `tfjs has no kernel '${name}' for the WASM backend: the operation cannot run on this backend`,
    );
  }
  return kernel({ inputs, backend, attrs: attrs as tf.NamedAttrMap }) as tf.TensorInfo;
}
