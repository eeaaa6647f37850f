// Gradient of ReLU in one kernel instead of tfjs's two, Step and Multiply. tfjs knows one gradient per operation, whatever
// the backend, so ours falls back to tfjs's formula on others.
import * as tf from '@tensorflow/tfjs-core';
import { addressOf, nativeKernels } from './nativeKernels.ts';
import type { WasmKernel } from './wasmKernel.ts';

/** ReluGrad, our own: dx = dy where x is not ≤ 0, else 0; all of one shape. A NaN in x or dy is not hidden by the other. */
export const reluGrad: WasmKernel<'dy' | 'x', object> = ({ inputs, backend }) => {
  const { dy, x } = inputs;
  const dx = backend.makeOutput(x.shape, 'float32');
  const [by, at, to] = [addressOf(backend, dy), addressOf(backend, x), addressOf(backend, dx)];
  nativeKernels(backend).reluGrad(by, at, to, tf.util.sizeFromShape(x.shape));
  return dx;
};

/** What `tf.registerGradient` takes for ReLU. */
export const reluGradient: tf.GradConfig = {
  kernelName: 'Relu',
  inputsToSave: ['x'],
  gradFunc: (dy, [x]) => ({
    x: () =>
      tf.getBackend() === 'wasm'
        ? tf.engine().runKernel<tf.Tensor>('ReluGrad', { dy: dy as tf.Tensor, x: x! })
        : tf.mul(dy as tf.Tensor, tf.cast(tf.step(x!), 'float32')),
  }),
};
