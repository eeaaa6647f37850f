// Addition on the WASM backend, by our own kernel where a bias [c] is added to [..., c]: tfjs's general broadcast takes three
// times as long. Every other case goes to tfjs.
import { util } from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels } from './nativeKernels.ts';
import { runStock } from './stockKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** Add: a + b, either broadcast to the other. */
export const add: WasmKernel<'a' | 'b', object> = ({ inputs, backend, attrs }) => {
  const { a, b } = inputs;
  const columns = b.shape[0] ?? 0;
  const isBias =
    b.shape.length === 1 && a.shape.length > 1 && a.shape.at(-1) === columns && columns % 4 === 0;
  if (!isBias || a.dtype !== 'float32' || b.dtype !== 'float32')
    return runStock(backend, 'Add', inputs, attrs);
  const out = backend.makeOutput(a.shape, 'float32');
  const [from, bias, to] = [addressOf(backend, a), addressOf(backend, b), addressOf(backend, out)];
  nativeKernels(backend).addBias(from, bias, to, util.sizeFromShape(a.shape.slice(0, -1)), columns);
  return out;
};
