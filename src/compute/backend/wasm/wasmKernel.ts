// The shape of a kernel of ours: tfjs's KernelFunc with its inputs, attributes and backend typed.
import type * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What our kernels use of tfjs's WASM backend. */
export type WasmBackend = Pick<
  BackendWasm,
  'disposeData' | 'getMemoryOffset' | 'incRef' | 'makeOutput' | 'wasm'
>;

/** A kernel with inputs named `Inputs` and attributes `Attrs`; its result's data belongs to the caller. */
export type WasmKernel<Inputs extends string, Attrs> = (call: {
  inputs: Record<Inputs, tf.TensorInfo>;
  backend: WasmBackend;
  attrs: Attrs;
}) => tf.TensorInfo;
