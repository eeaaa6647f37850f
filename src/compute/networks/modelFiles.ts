// The published form of the network: a tfjs layers model of two files, from which anyone can load it
// with `tf.loadLayersModel`, and from which the report's own forward pass takes its weights.
import { layers, IMAGE_SHAPE, type Layer } from './layers.ts';
import { size, weightSpecs, type Weights } from './weights.ts';

/** Name of the file that `model.json` refers to. */
export const WEIGHTS_FILE = 'weights.bin';

/** Content of `model.json`: topology and the list of weights. */
export function modelJson(): object {
  return {
    format: 'layers-model',
    generatedBy: 'adversarial-mnist',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name: 'mnist_cnn', layers: (layers as readonly Layer[]).map(kerasLayer) },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: [WEIGHTS_FILE],
        weights: weightSpecs.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
}

/** Content of the weight file: the values one after the other, float32, little-endian. */
export function weightsToBytes(weights: Weights): Uint8Array {
  const total = weights.reduce((sum, { length }) => sum + length, 0);
  const view = new DataView(new ArrayBuffer(4 * total));
  let offset = 0;
  for (const values of weights) {
    for (const value of values) view.setFloat32((offset += 4) - 4, value, true);
  }
  return new Uint8Array(view.buffer);
}

/**
 * Weights from the content of the weight file.
 *
 * @throws if its length does not fit the network
 */
export function weightsFromBytes(bytes: Uint8Array): Weights {
  const expected = 4 * weightSpecs.reduce((sum, { shape }) => sum + size(shape), 0);
  if (bytes.length !== expected) {
    throw new RangeError(`invalid weights: ${bytes.length} bytes, expected ${expected}; compute again`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  return weightSpecs.map(({ shape }) =>
    Float32Array.from({ length: size(shape) }, () => view.getFloat32((offset += 4) - 4, true)),
  );
}

function kerasLayer({ name, kind, kernel, strides, padding, outputShape }: Layer, place: number): object {
  const input = place === 0 ? { batch_input_shape: [null, ...IMAGE_SHAPE] } : {};
  const shared = { name, trainable: true, dtype: 'float32', ...input };
  const square = (length: number) => [length, length];
  const units = outputShape[outputShape.length - 1];
  switch (kind) {
    case 'conv':
      return {
        class_name: 'Conv2D',
        config: {
          ...shared,
          filters: units,
          kernel_size: kernel!.slice(0, 2),
          strides: square(strides!),
          padding,
          data_format: 'channels_last',
          activation: 'linear',
          use_bias: true,
        },
      };
    case 'averagePool':
      return {
        class_name: 'AveragePooling2D',
        config: {
          ...shared,
          pool_size: kernel,
          strides: square(strides!),
          padding,
          data_format: 'channels_last',
        },
      };
    case 'relu':
      return { class_name: 'Activation', config: { ...shared, activation: 'relu' } };
    case 'flatten':
      return { class_name: 'Flatten', config: shared };
    case 'dense':
      return { class_name: 'Dense', config: { ...shared, units, activation: 'linear', use_bias: true } };
  }
}
