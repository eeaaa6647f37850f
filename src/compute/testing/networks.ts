// Networks that are drawn, not trained: the report's, and one of every kind of layer.
import { createGenerator } from '../data/generator.ts';
import { mnistCnn, type Architecture, type Network } from '../networks/layers.ts';
import { initialWeights } from '../networks/train/trainTogether.ts';

/**
 * Every kind of layer, both paddings, windows that overlap and that do not, strides of one and two, and unequal sides. Nothing
 * is averaged before a maximum is taken: means of equal numbers differ in their last digit, and which is the largest is then
 * a matter of rounding.
 */
export const everyKind: Architecture = {
  name: 'every_kind',
  layers: [
    { name: 'units', kind: 'scale', factor: 3.25, offset: -0.42 },
    { name: 'conv1', kind: 'conv', channels: 6, size: [5, 3], strides: [1, 1], padding: 'same' },
    { name: 'tanh1', kind: 'tanh' },
    { name: 'pool1', kind: 'maxPool', size: [2, 2], strides: [2, 2], padding: 'valid' },
    { name: 'conv2', kind: 'conv', channels: 8, size: [3, 3], strides: [1, 2], padding: 'valid' },
    { name: 'relu1', kind: 'relu' },
    { name: 'pool2', kind: 'maxPool', size: [3, 3], strides: [2, 1], padding: 'same' },
    { name: 'pool3', kind: 'averagePool', size: [3, 2], strides: [2, 1], padding: 'same' },
    { name: 'sigmoid1', kind: 'sigmoid' },
    { name: 'flatten', kind: 'flatten' },
    { name: 'dense1', kind: 'dense', units: 24 },
    { name: 'tanh2', kind: 'tanh' },
    { name: 'dense2', kind: 'dense', units: 10 },
  ],
};

/** A network with seeded initial weights; its biases are 0, or drawn from ±`bias`. */
export function drawnNetwork({ seed = 1, bias = 0, architecture = mnistCnn } = {}): Network {
  const { uniform } = createGenerator(seed);
  const weights = initialWeights(architecture.layers, seed).map((values) =>
    values.map((value) => (value === 0 && bias > 0 ? uniform(-bias, bias) : value)),
  );
  return { ...architecture, weights };
}
