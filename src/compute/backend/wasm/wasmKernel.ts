// What a kernel of ours is to tfjs, and tfjs's own kernels under the same names: parts to compose ours from, and the place
// where a case goes that ours do not handle.
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What our kernels use of tfjs's WASM backend. */
export type WasmBackend = Pick<
  BackendWasm,
  'disposeData' | 'getMemoryOffset' | 'incRef' | 'makeOutput' | 'wasm'
>;

/** A kernel with inputs named `Inputs`, maybe `More`, and attributes `Attrs`; its result's data belongs to the caller. */
export type WasmKernel<Inputs extends string, Attrs = object, More extends string = never> = (call: {
  inputs: Record<Inputs, tf.TensorInfo> & Partial<Record<More, tf.TensorInfo>>;
  backend: WasmBackend;
  attrs: Attrs;
}) => tf.TensorInfo;

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
