import type { Architecture } from './layers.ts';

/** The MNIST network of JAX's stax examples with average in place of max pooling. */
export const mnistCnn: Architecture = {
  name: 'mnist_cnn',
  layers: [
    { name: 'conv1', kind: 'conv', channels: 16, size: [8, 8], strides: [2, 2], padding: 'same' },
    { name: 'relu1', kind: 'relu' },
    { name: 'pool1', kind: 'averagePool', size: [2, 2], strides: [1, 1], padding: 'valid' },
    { name: 'conv2', kind: 'conv', channels: 32, size: [4, 4], strides: [2, 2], padding: 'valid' },
    { name: 'relu2', kind: 'relu' },
    { name: 'pool2', kind: 'averagePool', size: [2, 2], strides: [1, 1], padding: 'valid' },
    { name: 'flatten', kind: 'flatten' },
    { name: 'dense1', kind: 'dense', units: 32 },
    { name: 'relu3', kind: 'relu' },
    { name: 'dense2', kind: 'dense', units: 10 },
  ],
};
