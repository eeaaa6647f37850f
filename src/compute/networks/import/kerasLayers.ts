// Each layer of Keras as an operation on a chain.
import { size } from '../layers.ts';
import type { NumberArray } from './array.ts';
import type { Chain } from './chain.ts';
import { listOf, numberOf, numbersOf, pairOf, type Fields } from './fields.ts';
import type { FileWindow } from './fitWindow.ts';
import { affine, conv, dense, normalise } from './linearLayers.ts';
import { activation, DROPOUT_LEFT_OUT, moveAxes, pad, pool, reshape, softmax } from './otherLayers.ts';
import { check } from './refusal.ts';

/** A layer as the file describes it. */
export interface KerasLayer {
  kind: string;
  name: string;
  config: Fields;
  /** Its weights by their names: kernel, bias, gamma. */
  weight: (part: string) => NumberArray | undefined;
}

type AddLayer = (chain: Chain, where: string, layer: KerasLayer) => void;

const dropout: AddLayer = ({ notes }) => notes.add(DROPOUT_LEFT_OUT);

const kinds = new Map<string, AddLayer>([
  ['InputLayer', () => undefined],
  ['Dropout', dropout],
  ['SpatialDropout2D', dropout],
  ['GaussianNoise', dropout],
  ['GaussianDropout', dropout],
  [
    'Conv2D',
    (chain, where, layer) => {
      only(where, layer, { dilation_rate: [1, 1], groups: 1 });
      const weights = { kernel: needed(where, layer, 'kernel'), bias: biasOf(where, layer) };
      conv(chain, where, { ...weights, axes: axesOf(layer), ...windowOf(where, layer, 'kernel_size') });
      activate(chain, where, layer);
    },
  ],
  [
    'Dense',
    (chain, where, layer) => {
      dense(chain, where, needed(where, layer, 'kernel'), biasOf(where, layer));
      activate(chain, where, layer);
    },
  ],
  ['MaxPooling2D', poolOf('maxPool')],
  ['AveragePooling2D', poolOf('averagePool')],
  ['BatchNormalization', batchNormalisation],
  [
    'Rescaling',
    (chain, where, { config: { scale, offset = 0 } }) =>
      affine(chain, where, { factor: numberOf(scale, where), offset: numberOf(offset, where) }),
  ],
  [
    'Flatten',
    (chain, where, layer) => {
      // Keras puts channels last before it flattens.
      const first = axesOf(layer) === 'channelsFirst' && chain.order.shape.length === 3;
      if (first) moveAxes(chain, where, [1, 2, 0]);
      reshape(chain, where, [size(chain.order.shape)]);
    },
  ],
  [
    'Reshape',
    (chain, where, { config }) => {
      const to = numbersOf(config.target_shape, where);
      const free = size(chain.order.shape) / size(to.filter((length) => length !== -1));
      reshape(
        chain,
        where,
        to.map((length) => (length === -1 ? free : length)),
      );
    },
  ],
  [
    'Permute',
    (chain, where, { config }) =>
      moveAxes(
        chain,
        where,
        numbersOf(config.dims, where).map((axis) => axis - 1),
      ),
  ],
  [
    'ZeroPadding2D',
    (chain, where, layer) => {
      const [rows, columns] = listOf(layer.config.padding, where).map((pair) =>
        pairOf(pair, where, 'padding'),
      );
      check(rows && columns, where, 'its padding is not of rows and columns');
      pad(chain, where, axesOf(layer) === 'channelsLast' ? [rows, columns, [0, 0]] : [[0, 0], rows, columns]);
    },
  ],
  [
    'ReLU',
    (chain, where, layer) => {
      only(where, layer, { max_value: null, negative_slope: 0, threshold: 0 });
      activation(chain, where, 'relu');
    },
  ],
  ['Softmax', (chain, where) => softmax(chain, where)],
  ['Activation', activate],
]);

/** Adds a layer to the chain, its activation too. Throws a Refusal. */
export function addKerasLayer(chain: Chain, layer: KerasLayer): void {
  const where = `layer ${layer.name} (${layer.kind})`;
  const addLayer = kinds.get(layer.kind);
  check(
    addLayer,
    where,
    `it cannot be read, expected one of ${[...kinds.keys()].join(', ')}`,
    'build it from those',
  );
  addLayer(chain, where, layer);
}

function activate(
  chain: Chain,
  where: string,
  { config: { activation: kind = 'linear' } }: KerasLayer,
): void {
  if (kind === 'linear') return;
  if (kind === 'relu' || kind === 'tanh' || kind === 'sigmoid') activation(chain, where, kind);
  else {
    const last = kind === 'softmax' || kind === 'log_softmax';
    check(
      last,
      where,
      `activation ${JSON.stringify(kind)}, expected linear, relu, tanh, sigmoid or a final softmax`,
    );
    softmax(chain, where);
  }
}

function poolOf(kind: 'maxPool' | 'averagePool'): AddLayer {
  return (chain, where, layer) =>
    pool(chain, where, kind, { axes: axesOf(layer), ...windowOf(where, layer, 'pool_size') });
}

function batchNormalisation(chain: Chain, where: string, layer: KerasLayer): void {
  const { shape } = chain.order;
  const { axis: given, epsilon, scale, center } = layer.config;
  const axis = numbersOf([given].flat(), where)[0]!;
  const [mean, variance] = [needed(where, layer, 'moving_mean'), needed(where, layer, 'moving_variance')];
  const all = (value: number) => ({ ...mean, values: mean.values.map(() => value) });
  const gamma = scale === false ? all(1) : needed(where, layer, 'gamma');
  const beta = center === false ? all(0) : needed(where, layer, 'beta');
  const channels = axis < 0 ? shape.length + axis : axis - 1;
  normalise(chain, where, { mean, variance, gamma, beta }, numberOf(epsilon, where).values[0]!, channels);
}

const axesOf = ({ config }: KerasLayer) =>
  config.data_format === 'channels_first' ? 'channelsFirst' : 'channelsLast';

function windowOf(where: string, { config }: KerasLayer, sizeField: string): FileWindow {
  const size = pairOf(config[sizeField], where, sizeField);
  const { strides, padding } = config;
  const known = padding === 'same' || padding === 'valid';
  check(known, where, `padding ${JSON.stringify(padding)}, expected same or valid`);
  return { size, strides: pairOf(strides ?? size, where, 'strides'), padding };
}

function needed(where: string, { name, weight }: KerasLayer, part: string): NumberArray {
  const found = weight(part);
  check(found, where, `no weights ${name}/${part} in the manifest, expected them`, 'convert it again');
  return found;
}

function biasOf(where: string, layer: KerasLayer): Float64Array | undefined {
  return layer.config.use_bias === false ? undefined : needed(where, layer, 'bias').values;
}

/** Checks that fields, if they are there, have one value alone. */
function only(where: string, { config }: KerasLayer, expected: Fields): void {
  for (const [field, value] of Object.entries(expected)) {
    const [found, wanted] = [JSON.stringify(config[field] ?? value), JSON.stringify(value)];
    check(found === wanted, where, `${field} of ${found}, expected ${wanted}`);
  }
}
