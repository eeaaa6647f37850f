import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { IMAGE_SHAPE, layers, parameterCount, PIXELS, type Layer } from './layers.ts';
import { PARAMETERS } from './train/trainingMemory.ts';
import { size, weightSpecs } from './weights.ts';

beforeAll(startWasmBackend);

type Shape4 = [number, number, number, number];

/** What a layer makes of a batch, by tfjs's own operations; its kernel is 0. */
function apply({ kind, kernel, strides, padding }: Layer, x: tf.Tensor4D): tf.Tensor {
  switch (kind) {
    case 'conv':
      return tf.conv2d(x, tf.tensor4d(new Float32Array(size(kernel!)), kernel as Shape4), strides!, padding!);
    case 'averagePool':
      return tf.avgPool(x, kernel as [number, number], strides!, padding!);
    case 'relu':
      return x.relu();
    case 'flatten':
      return x.reshape([x.shape[0], -1]);
    case 'dense':
      return x.matMul(tf.zeros([...kernel!]));
  }
}

it('layers: each output shape is the one that its operation leaves', () => {
  let x: tf.Tensor = tf.zeros([2, ...IMAGE_SHAPE]);
  for (const layer of layers) {
    x = apply(layer, x as tf.Tensor4D);
    expect(x.shape, layer.name).toEqual([2, ...layer.outputShape]);
  }
});

it('layers: the network has 26,010 parameters', () => {
  const counts = layers.map(parameterCount);
  // conv1 8·8·1·16 + 16, conv2 4·4·16·32 + 32, dense1 512·32 + 32, dense2 32·10 + 10.
  expect(counts).toEqual([1_040, 0, 0, 8_224, 0, 0, 0, 16_416, 0, 330]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(26_010);
  expect(PARAMETERS).toBe(26_010);
  expect(PIXELS).toBe(784);
});

it('weightSpecs: names, shapes and order of the published file', () => {
  expect(weightSpecs.map(({ name, shape, fanIn }) => [name, shape, fanIn])).toEqual([
    ['conv1/kernel', [8, 8, 1, 16], 64],
    ['conv1/bias', [16], 0],
    ['conv2/kernel', [4, 4, 16, 32], 256],
    ['conv2/bias', [32], 0],
    ['dense1/kernel', [512, 32], 512],
    ['dense1/bias', [32], 0],
    ['dense2/kernel', [32, 10], 32],
    ['dense2/bias', [10], 0],
  ]);
});
