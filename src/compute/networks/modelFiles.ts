// The published form of a network: a tfjs layers model of two files, from which anyone can load it with `tf.loadLayersModel`.
import { IMAGE_SHAPE } from '../data/shape.ts';
import { parameterCount, size, weightSpecs, type Layer, type Network, type Weights } from './layers.ts';

/** Name of the file that `model.json` refers to. */
export const WEIGHTS_FILE = 'weights.bin';

interface KerasLayer {
  class_name: string;
  config: Record<string, unknown>;
}

type ModelJson = ReturnType<typeof modelJson>;

/** Content of `model.json`: topology and the list of weights. */
export function modelJson({ name, layers }: Omit<Network, 'weights'>) {
  return {
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
}

/** Content of the weight file: the values one after the other, float32, little-endian. */
export function weightsToBytes(weights: Weights): Uint8Array {
  const values = weights.flatMap((array) => [...array]);
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
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
export function readModel(json: string, bytes: Uint8Array): Network {
  const { modelTopology, weightsManifest } = JSON.parse(json) as ModelJson;
  const { name, layers: keras } = modelTopology.config;
  const layers = keras.map(layerOf);
  const written = JSON.stringify(modelJson({ name, layers }).weightsManifest);
  if (JSON.stringify(weightsManifest) !== written) {
    throw new RangeError(`invalid weightsManifest: expected that of the layers, ${written}`);
  }
  return { name, layers, weights: weightsFromBytes(layers, bytes) };
}

const window = { strides: 'strides', padding: 'padding' };
const last = { data_format: 'channels_last' };
const linear = { activation: 'linear', use_bias: true };
const pool = { fields: { size: 'pool_size', ...window }, constants: last };

/** How Keras and tfjs call a kind of layer, its numbers, and what is the same for all of that kind. */
const kerasKinds: Record<
  Layer['kind'],
  { className: string; fields: Record<string, string>; constants: object }
> = {
  conv: {
    className: 'Conv2D',
    fields: { channels: 'filters', size: 'kernel_size', ...window },
    constants: { ...last, ...linear },
  },
  maxPool: { className: 'MaxPooling2D', ...pool },
  averagePool: { className: 'AveragePooling2D', ...pool },
  dense: { className: 'Dense', fields: { units: 'units' }, constants: linear },
  relu: { className: 'Activation', fields: {}, constants: { activation: 'relu' } },
  tanh: { className: 'Activation', fields: {}, constants: { activation: 'tanh' } },
  sigmoid: { className: 'Activation', fields: {}, constants: { activation: 'sigmoid' } },
  flatten: { className: 'Flatten', fields: {}, constants: {} },
  scale: { className: 'Rescaling', fields: { factor: 'scale', offset: 'offset' }, constants: {} },
};

function kerasLayer(layer: Layer, place: number): KerasLayer {
  const { className, fields, constants } = kerasKinds[layer.kind];
  const numbers = layer as unknown as Record<string, unknown>;
  const config: Record<string, unknown> = { name: layer.name, trainable: true, dtype: 'float32' };
  if (place === 0) config.batch_input_shape = [null, ...IMAGE_SHAPE];
  for (const [own, keras] of Object.entries(fields)) config[keras] = numbers[own];
  return { class_name: className, config: { ...config, ...constants } };
}

/** The layer that {@link kerasLayer} wrote at this place. */
function layerOf(written: KerasLayer, place: number): Layer {
  for (const [kind, { className, fields }] of Object.entries(kerasKinds)) {
    if (className !== written.class_name) continue;
    const numbers = Object.entries(fields).map(([own, keras]) => [own, written.config[keras]] as const);
    const layer = { name: written.config.name, kind, ...Object.fromEntries(numbers) } as Layer;
    if (JSON.stringify(kerasLayer(layer, place)) === JSON.stringify(written)) return layer;
  }
  throw new RangeError(
    `invalid layer ${place}: ${JSON.stringify(written)}, expected one that this project writes`,
  );
}
