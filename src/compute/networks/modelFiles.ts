// The published form of a network: a tfjs layers model of two files, from which anyone can load it with `tf.loadLayersModel`.
import {
  IMAGE_SHAPE,
  parameterCount,
  size,
  weightSpecs,
  type Architecture,
  type Layer,
  type Network,
  type Origin,
  type Weights,
  type Window,
} from './layers.ts';

/** Name of the file that `model.json` refers to. */
export const WEIGHTS_FILE = 'weights.bin';

/** A layer as Keras and tfjs describe it. */
interface KerasLayer {
  class_name: string;
  config: Record<string, unknown>;
}

/** The part of `model.json` that describes the layers and their weights. */
interface ModelJson {
  modelTopology: { class_name: string; config: { name: string; layers: KerasLayer[] } };
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
}

/** Content of `model.json`: topology and the list of weights. */
export function modelJson({ name, layers }: Architecture): ModelJson {
  const model = {
    format: 'layers-model',
    generatedBy: 'adversarial-mnist',
    convertedBy: null,
    modelTopology: {
      class_name: 'Sequential',
      config: { name, layers: layers.map(kerasLayer) },
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
    },
    weightsManifest: [
      {
        paths: [WEIGHTS_FILE],
        weights: weightSpecs(layers).map(({ name, shape }) => ({
          name,
          shape: [...shape],
          dtype: 'float32',
        })),
      },
    ],
  };
  return model;
}

/** Content of the weight file: the values one after the other, float32, little-endian. */
export function weightsToBytes(weights: Weights): Uint8Array {
  const total = weights.reduce((sum, { length }) => sum + length, 0);
  const view = new DataView(new ArrayBuffer(4 * total));
  let offset = 0;
  for (const values of weights) {
    for (const value of values) {
      view.setFloat32(offset, value, true);
      offset += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/**
 * Weights from the content of the weight file.
 *
 * @throws if its length does not fit the layers
 */
export function weightsFromBytes(layers: readonly Layer[], bytes: Uint8Array): Weights {
  const specs = weightSpecs(layers);
  const expected = 4 * parameterCount(specs);
  if (bytes.length !== expected) {
    throw new RangeError(`invalid weights: ${bytes.length} bytes, expected ${expected}; compute again`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = -4;
  return specs.map(({ shape }) =>
    Float32Array.from({ length: size(shape) }, () => view.getFloat32((offset += 4), true)),
  );
}

/**
 * The network that {@link modelJson} and {@link weightsToBytes} have written.
 *
 * @param json content of `model.json`
 * @param bytes content of the weight file
 * @throws if there is a layer or a setting that they do not write, or the weights do not fit the layers
 */
export function readModel(json: string, bytes: Uint8Array, origin: Origin): Network {
  const { modelTopology, weightsManifest } = JSON.parse(json) as ModelJson;
  const { name, layers: keras } = modelTopology.config;
  const layers = keras.map(layerOf);
  const written = JSON.stringify(modelJson({ name, layers }).weightsManifest);
  if (JSON.stringify(weightsManifest) !== written) {
    throw new RangeError(`invalid weightsManifest: expected that of the layers, ${written}`);
  }
  return { name, layers, weights: weightsFromBytes(layers, bytes), origin };
}

const activations = ['relu', 'tanh', 'sigmoid'] as const;
const poolNames = { maxPool: 'MaxPooling2D', averagePool: 'AveragePooling2D' } as const;

function kerasLayer(layer: Layer, place: number): KerasLayer {
  const input = place === 0 ? { batch_input_shape: [null, ...IMAGE_SHAPE] } : {};
  const shared = { name: layer.name, trainable: true, dtype: 'float32', ...input };
  const linear = { activation: 'linear', use_bias: true };
  switch (layer.kind) {
    case 'conv': {
      const { channels, size, strides, padding } = layer;
      const window = { kernel_size: size, strides, padding, data_format: 'channels_last' };
      return { class_name: 'Conv2D', config: { ...shared, filters: channels, ...window, ...linear } };
    }
    case 'maxPool':
    case 'averagePool': {
      const { kind, size, strides, padding } = layer;
      const window = { pool_size: size, strides, padding, data_format: 'channels_last' };
      return { class_name: poolNames[kind], config: { ...shared, ...window } };
    }
    case 'dense':
      return { class_name: 'Dense', config: { ...shared, units: layer.units, ...linear } };
    case 'flatten':
      return { class_name: 'Flatten', config: shared };
    case 'scale':
      return { class_name: 'Rescaling', config: { ...shared, scale: layer.factor, offset: layer.offset } };
    case 'relu':
    case 'tanh':
    case 'sigmoid':
      return { class_name: 'Activation', config: { ...shared, activation: layer.kind } };
  }
}

/** The layer that {@link kerasLayer} wrote at this place. */
function layerOf({ class_name, config }: KerasLayer, place: number): Layer {
  const layer = layerFrom(class_name, config);
  const written = layer && JSON.stringify(kerasLayer(layer, place).config);
  if (!layer || written !== JSON.stringify(config)) {
    throw new RangeError(
      `invalid layer ${place}: ${class_name} ${JSON.stringify(config)}, expected ${written ?? 'a layer of the kinds that this project writes'}`,
    );
  }
  return layer;
}

function layerFrom(className: string, config: Record<string, unknown>): Layer | undefined {
  const name = config.name as string;
  const window = config as unknown as Pick<Window, 'strides' | 'padding'>;
  const { strides, padding } = window;
  const pool = (kind: 'maxPool' | 'averagePool'): Layer => ({
    name,
    kind,
    size: config.pool_size as Window['size'],
    strides,
    padding,
  });
  switch (className) {
    case 'Conv2D':
      return {
        name,
        kind: 'conv',
        channels: config.filters as number,
        size: config.kernel_size as Window['size'],
        strides,
        padding,
      };
    case 'MaxPooling2D':
      return pool('maxPool');
    case 'AveragePooling2D':
      return pool('averagePool');
    case 'Dense':
      return { name, kind: 'dense', units: config.units as number };
    case 'Flatten':
      return { name, kind: 'flatten' };
    case 'Rescaling':
      return { name, kind: 'scale', factor: config.scale as number, offset: config.offset as number };
    case 'Activation': {
      const kind = activations.find((one) => one === config.activation);
      return kind && { name, kind };
    }
    default:
      return undefined;
  }
}
