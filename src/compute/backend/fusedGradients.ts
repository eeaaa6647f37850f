// Gradients of tfjs's fused operations. tfjs's own fuse ReLU only where no gradient is taken, and take the gradients of all
// inputs where one is asked for; these are taken input by input. tfjs knows one gradient per operation, whatever the backend:
// on WASM it is made of our kernels, which go back through ReLU as they read dy.
import * as tf from '@tensorflow/tfjs-core';

const relu: tf.GradConfig = {
  kernelName: 'Relu',
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({ x: () => reluGradient(dy as tf.Tensor, y!) }),
};

/** Convolution, bias, ReLU or nothing: x, filter, bias → max(0, x ∗ filter + bias). */
const fusedConv2D: tf.GradConfig = {
  kernelName: 'FusedConv2D',
  inputsToSave: ['x', 'filter'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attributes) => {
    const [x, filter, y] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const { strides, pad, activation } = attributes as unknown as tf.FusedConv2DAttrs;
    const attrs = { strides, pad, dataFormat: 'NHWC' };
    const given = (): { dy: tf.Tensor; y?: tf.Tensor } => {
      if (activation === 'linear') return { dy: dy as tf.Tensor };
      return isWasm() ? { dy: dy as tf.Tensor, y } : { dy: reluGradient(dy as tf.Tensor, y) };
    };
    return {
      x: () => run('Conv2DBackpropInput', { ...given(), filter }, { ...attrs, inputShape: x.shape }),
      filter: () => run('Conv2DBackpropFilter', { ...given(), x }, { ...attrs, filterShape: filter.shape }),
      bias: () => biasGradient(given()),
    };
  },
};

/** Matrix product, bias, ReLU or nothing: a [m, k], b [k, n], bias [n] → max(0, a · b + bias). */
const fusedMatMul: tf.GradConfig = {
  kernelName: '_FusedMatMul',
  inputsToSave: ['a', 'b'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attributes) => {
    const [a, b, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const { activation } = attributes as unknown as tf._FusedMatMulAttrs;
    const dz = activation === 'linear' ? (dy as tf.Tensor) : reluGradient(dy as tf.Tensor, y);
    return {
      a: () => tf.matMul(dz, b, false, true),
      b: () => tf.matMul(a, dz, true, false),
      bias: () => biasGradient({ dy: dz }),
    };
  },
};

/** The largest value of each window, on backends that have it in one operation. */
const firstMaxPool: tf.GradConfig = {
  kernelName: 'FirstMaxPool',
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attrs) => ({
    x: () => run('FirstMaxPoolGrad', { dy: dy as tf.Tensor, x: x!, y: y! }, attrs),
  }),
};

/** What every backend registers before it takes gradients. */
export const fusedGradients = [relu, fusedConv2D, fusedMatMul, firstMaxPool];

function reluGradient(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return isWasm() ? run('ReluGrad', { dy, y }) : tf.mul(dy, tf.step(y));
}

function biasGradient(given: { dy: tf.Tensor; y?: tf.Tensor }): tf.Tensor {
  return isWasm() ? run('BiasGrad', given) : given.dy.reshape([-1, given.dy.shape.at(-1)!]).sum(0);
}

function run(kernelName: string, inputs: Record<string, tf.Tensor>, attrs: object = {}): tf.Tensor {
  return tf.engine().runKernel(kernelName, inputs, attrs as tf.NamedAttrMap);
}

function isWasm(): boolean {
  return tf.getBackend() === 'wasm';
}
