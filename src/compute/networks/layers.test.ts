import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { drawnNetwork, everyKind } from '../testing/networks.ts';
import { applyLayers, weightTensors } from './forward.ts';
import { IMAGE_SHAPE, PIXELS } from '../data/shape.ts';
import { layerShapes, mnistCnn, parameterCount, weightSpecs, type Layer } from './layers.ts';

beforeAll(startWasmBackend);

describe('layerShapes(layers)', () => {
  it.each([mnistCnn, everyKind])('has the shapes that the operations of $name leave', (architecture) => {
    const { layers, weights } = drawnNetwork({ architecture });
    const shapes = layerShapes(layers);
    const tensors = weightTensors(layers, weights);
    for (const [i, { outputShape }] of shapes.entries()) {
      const x = applyLayers(layers.slice(0, i + 1), tensors, tf.zeros([2, ...IMAGE_SHAPE]));
      expect(x.shape, layers[i]!.name).toEqual([2, ...outputShape]);
      expect(shapes[i + 1]?.inputShape ?? outputShape).toEqual(outputShape);
    }
  });

  const conv: Layer = {
    name: 'c',
    kind: 'conv',
    channels: 4,
    size: [3, 3],
    strides: [1, 1],
    padding: 'valid',
  };
  const flatten: Layer = { name: 'f', kind: 'flatten' };

  it.each<[string, Layer[], string]>([
    ['no channels', [{ ...conv, channels: 0 }], 'channels of 0, expected a positive integer'],
    ['half a stride', [{ ...conv, strides: [1, 0.5] }], 'stride of 0.5, expected a positive integer'],
    ['a negative window', [{ ...conv, size: [-3, 3] }], 'window of -3, expected a positive integer'],
    [
      'no units',
      [flatten, { name: 'd', kind: 'dense', units: NaN }],
      'units of NaN, expected a positive integer',
    ],
    [
      'a window larger than the image',
      [{ ...conv, size: [3, 29] }],
      'its input has shape [28, 28, 1], expected at least',
    ],
    [
      'a convolution of a vector',
      [flatten, conv],
      'its input has shape [784], expected [height, width, channels]',
    ],
    [
      'a dense layer on an image',
      [{ name: 'd', kind: 'dense', units: 3 }],
      'its input has shape [28, 28, 1], expected one number',
    ],
    [
      'an infinite factor',
      [{ name: 's', kind: 'scale', factor: Infinity, offset: 0 }],
      'Infinity, expected a finite number',
    ],
  ])('refuses %s', (_, layers, message) => {
    expect(() => layerShapes(layers)).toThrow(message);
  });
});

describe('weightSpecs(layers) of the report’s network', () => {
  const specs = weightSpecs(mnistCnn.layers);

  it('are names, shapes and order of the published file', () => {
    expect(specs.map(({ name, shape, fanIn }) => [name, shape, fanIn])).toEqual([
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

  it('are 26,010 parameters', () => {
    // conv1 8·8·1·16 + 16, conv2 4·4·16·32 + 32, dense1 512·32 + 32, dense2 32·10 + 10.
    const counts = layerShapes(mnistCnn.layers).map(({ weights }) => parameterCount(weights));
    expect(counts).toEqual([1_040, 0, 0, 8_224, 0, 0, 0, 16_416, 0, 330]);
    expect(parameterCount(specs)).toBe(26_010);
    expect(PIXELS).toBe(784);
  });
});
