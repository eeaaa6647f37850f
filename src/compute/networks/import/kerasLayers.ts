// Each layer of Keras as an operation on a chain, and the fields of its description, each checked as it is read.
import { size } from '../layers.ts';
import { scalar, type NumberArray } from './array.ts';
import { activation, dropout, moveAxes, pad, pool, reshape, softmax, type Chain } from './chain.ts';
import type { FileWindow } from './fitWindow.ts';
import { affine, conv, dense, normalise } from './linearLayers.ts';
import { check } from './refusal.ts';

interface KerasLayer {
  kind: string;
  where: string;
  config: Fields;
  /** One of its weights by its name: kernel, bias, gamma. Throws a Refusal if there is none. */
  weight: (part: string) => NumberArray;
}

type AddLayer = (chain: Chain, layer: KerasLayer) => void;

const kinds = new Map(
  Object.entries<AddLayer>({
    InputLayer: () => undefined,
    Dropout: dropout,
    SpatialDropout2D: dropout,
    GaussianNoise: dropout,
    GaussianDropout: dropout,
    Conv2D(chain, layer) {
      only(layer, { dilation_rate: [1, 1], groups: 1 });
      conv(chain, layer.weight('kernel'), biasOf(layer), windowOf(layer, 'kernel_size'));
      activate(chain, layer);
    },
    Dense(chain, layer) {
      dense(chain, layer.weight('kernel'), biasOf(layer));
      activate(chain, layer);
    },
    MaxPooling2D: poolOf('maxPool'),
    AveragePooling2D: poolOf('averagePool'),
    BatchNormalization: batchNormalisation,
    Rescaling(chain, { where, config: { scale, offset = 0 } }) {
      affine(chain, { factor: numberOf(scale, where), offset: numberOf(offset, where) });
    },
    Flatten(chain, layer) {
      // Keras puts channels last before it flattens.
      const first = axesOf(layer) === 'channelsFirst' && chain.order.shape.length === 3;
      if (first) moveAxes(chain, [1, 2, 0]);
      reshape(chain, [size(chain.order.shape)]);
    },
    Reshape: (chain, { where, config }) => reshape(chain, numbersOf(config.target_shape, where)),
    Permute(chain, { where, config }) {
      const axes = numbersOf(config.dims, where).map((axis) => axis - 1);
      moveAxes(chain, axes);
    },
    ZeroPadding2D(chain, layer) {
      const { where, config } = layer;
      const pairs = listOf(config.padding, where).map((pair) => pairOf(pair, where, 'padding'));
      const [rows, columns] = pairs;
      check(rows && columns, where, 'its padding is not of rows and columns');
      pad(chain, axesOf(layer) === 'channelsLast' ? [rows, columns, [0, 0]] : [[0, 0], rows, columns]);
    },
    ReLU(chain, layer) {
      only(layer, { max_value: null, negative_slope: 0, threshold: 0 });
      activation(chain, 'relu');
    },
    Softmax: softmax,
    Activation: activate,
  }),
);

/** Adds a layer to the chain, its activation too. Throws a Refusal. */
export function addKerasLayer(chain: Chain, layer: KerasLayer): void {
  const { kind, where } = layer;
  const addLayer = kinds.get(kind);
  const known = [...kinds.keys()].join(', ');
  check(addLayer, where, `it cannot be read, expected one of ${known}`, 'build it from those');
  chain.where = where;
  addLayer(chain, layer);
}

function activate(chain: Chain, { where, config: { activation: kind = 'linear' } }: KerasLayer): void {
  if (kind === 'linear') return;
  if (kind === 'relu' || kind === 'tanh' || kind === 'sigmoid') activation(chain, kind);
  else {
    const expected = 'expected linear, relu, tanh, sigmoid or a final softmax';
    const last = kind === 'softmax' || kind === 'log_softmax';
    check(last, where, `activation ${JSON.stringify(kind)}, ${expected}`);
    softmax(chain);
  }
}

function poolOf(kind: 'maxPool' | 'averagePool'): AddLayer {
  return (chain, layer) => pool(chain, kind, windowOf(layer, 'pool_size'));
}

function batchNormalisation(chain: Chain, { where, config, weight }: KerasLayer): void {
  const axis = numbersOf([config.axis].flat(), where)[0]!;
  const [mean, variance] = [weight('moving_mean'), weight('moving_variance')];
  const all = (value: number) => ({ ...mean, values: mean.values.map(() => value) });
  const gamma = config.scale === false ? all(1) : weight('gamma');
  const beta = config.center === false ? all(0) : weight('beta');
  const channels = axis < 0 ? chain.order.shape.length + axis : axis - 1;
  const epsilon = numberOf(config.epsilon, where).values[0]!;
  normalise(chain, { mean, variance, gamma, beta }, epsilon, channels);
}

const axesOf = ({ config }: KerasLayer) =>
  config.data_format === 'channels_first' ? 'channelsFirst' : 'channelsLast';

function windowOf(layer: KerasLayer, sizeField: string): FileWindow {
  const { where, config } = layer;
  const size = pairOf(config[sizeField], where, sizeField);
  const { strides, padding } = config;
  const known = padding === 'same' || padding === 'valid';
  check(known, where, `padding ${JSON.stringify(padding)}, expected same or valid`);
  return { axes: axesOf(layer), size, strides: pairOf(strides ?? size, where, 'strides'), padding };
}

function biasOf({ config, weight }: KerasLayer): Float64Array | undefined {
  return config.use_bias === false ? undefined : weight('bias').values;
}

/** Checks that fields, if they are there, have one value alone. */
function only({ where, config }: KerasLayer, expected: Fields): void {
  for (const [field, value] of Object.entries(expected)) {
    const [found, wanted] = [JSON.stringify(config[field] ?? value), JSON.stringify(value)];
    check(found === wanted, where, `${field} of ${found}, expected ${wanted}`);
  }
}

/** The fields of an object of the file. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value that has to be an object. Throws a Refusal, like all of these. */
export function fieldsOf(value: unknown, where: string): Fields {
  const fits = value !== null && typeof value === 'object' && !Array.isArray(value);
  check(fits, where, 'it is missing or no object, expected the description of a tfjs layers model');
  return value as Fields;
}

/** A value that has to be a list. */
export function listOf(value: unknown, where: string): unknown[] {
  check(Array.isArray(value), where, 'it is missing or no list, expected that of a tfjs layers model');
  return value;
}

/** Whole numbers; null, which stands for the batch, becomes -1. */
export function numbersOf(value: unknown, where: string): number[] {
  return listOf(value, where).map((one) => {
    const number = one ?? -1;
    check(Number.isInteger(number), where, `${JSON.stringify(one)}, expected a whole number`);
    return number as number;
  });
}

/** Two whole numbers; one stands for both. */
function pairOf(value: unknown, where: string, field: string): [number, number] {
  const pair = typeof value === 'number' ? [value, value] : numbersOf(value, `${where}, ${field}`);
  check(pair.length === 2, where, `${field} of ${JSON.stringify(value)}, expected two numbers`);
  return pair as [number, number];
}

function numberOf(value: unknown, where: string): NumberArray {
  check(typeof value === 'number', where, `${JSON.stringify(value)}, expected a number`);
  return scalar(value);
}
