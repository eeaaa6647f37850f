// Identity and Cast to the same type on the WASM backend: a second reference to the data, as on tfjs's other backends,
// where tfjs's WASM kernels copy it. Tensors are immutable, so nobody can tell.
import type * as tf from '@tensorflow/tfjs-core';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Identity: x → x. */
export const identity: WasmKernel<'x', object> = ({ inputs, backend, attrs }) => {
  const { dataId, shape, dtype } = inputs.x;
  if (dtype === 'string') return runStock(backend, 'Identity', inputs, attrs);
  backend.incRef(dataId);
  return { dataId, shape, dtype };
};

/** Cast: x → x as attrs.dtype. */
export const cast: WasmKernel<'x', tf.CastAttrs> = ({ inputs, backend, attrs }) =>
  inputs.x.dtype === attrs.dtype
    ? identity({ inputs, backend, attrs })
    : runStock(backend, 'Cast', inputs, attrs);
