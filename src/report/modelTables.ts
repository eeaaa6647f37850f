// The tables of the model page, out of the layer table and the options of the build.
import { count, exponential } from '../components/format.ts';
import {
  layerShapes,
  parameterCount,
  weightSpecs,
  type Layer,
  type LayerShapes,
  type Window,
} from '../compute/networks/layers.ts';
import { publishedNetwork } from '../compute/experiments/publishedNetwork.ts';
import { reportOptions } from '../compute/options.ts';

/** One row for each layer, and the sum. */
export async function layerRows(): Promise<(string | number)[][]> {
  const { layers } = await publishedNetwork();
  const rows = layerShapes(layers).map((shapes, i) => [
    layers[i]!.name,
    describe(layers[i]!, shapes),
    shapes.outputShape.join(' × '),
    count(parameterCount(shapes.weights)),
  ]);
  return [...rows, ['Sum', '', '', count(parameterCount(weightSpecs(layers)))]];
}

/** One row for each choice of the recipe; cells may hold HTML. */
export function recipeRows(): (string | number)[][] {
  const { training, seeds } = reportOptions;
  return [
    ['Training images', `the first ${count(training.images)}`],
    ['Validation images', `the last ${count(training.validationImages)}`],
    ['Epochs', count(training.epochs)],
    ['Batch', `${training.batchSize} images, in ${training.shards} shards`],
    [
      'Optimiser',
      `Adam, $\\beta_1$ = ${training.beta1}, $\\beta_2$ = ${training.beta2}, ${exponential(training.adamEpsilon)} added to the root`,
    ],
    ['Learning rate', `${training.learningRate}, falling linearly to 0`],
    ['Shift', `up to ${training.maxShift} pixel each way, at random`],
    ['Initial weights', 'uniform in ±√(6 / fan-in), biases 0'],
    ['Seeds', `${seeds.initialWeights} (initial weights), ${seeds.training} (order and shifts)`],
  ];
}

function describe(layer: Layer, { inputShape }: LayerShapes): string {
  switch (layer.kind) {
    case 'conv':
      return `convolution ${layer.size.join(' × ')}, ${layer.channels} channels, ${stride(layer)}`;
    case 'averagePool':
      return `average pool ${layer.size.join(' × ')}, ${stride(layer)}`;
    case 'maxPool':
      return `max pool ${layer.size.join(' × ')}, ${stride(layer)}`;
    case 'dense':
      return `dense ${inputShape.join(' × ')} × ${layer.units}`;
    case 'relu':
      return 'ReLU, max(0, ·)';
    case 'scale':
      return `scale, · × ${layer.factor} + ${layer.offset}`;
    case 'tanh':
    case 'sigmoid':
    case 'flatten':
      return layer.kind;
  }
}

function stride({ strides, padding }: Window): string {
  return `stride ${[...new Set(strides)].join(' × ')}, ${padding.toUpperCase()}`;
}
