// The tables of the model page, out of the layer table and the options of the build.
import { count } from '../components/format.ts';
import { layers, parameterCount, type Layer } from '../compute/networks/layers.ts';
import { reportOptions } from '../compute/options.ts';
import { parameters } from './modelFacts.ts';

/** One row for each layer, and the sum. */
export function layerRows(): (string | number)[][] {
  const rows = (layers as readonly Layer[]).map((layer) => [
    layer.name,
    describe(layer),
    layer.outputShape.join(' × '),
    count(parameterCount(layer)),
  ]);
  return [...rows, ['Sum', '', '', count(parameters)]];
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
      `Adam, ${beta(1)} = ${training.beta1}, ${beta(2)} = ${training.beta2}, ${training.adamEpsilon} added to the root`,
    ],
    ['Learning rate', `${training.learningRate}, falling linearly to 0`],
    ['Shift', `up to ${training.maxShift} pixel each way, at random`],
    ['Initial weights', 'uniform in ±√(6 / fan-in), biases 0'],
    ['Seeds', `${seeds.initialWeights} (initial weights), ${seeds.training} (order and shifts)`],
  ];
}

const beta = (index: number): string => `<i class="m">β</i><sub>${index}</sub>`;

function describe({ kind, kernel, strides, padding }: Layer): string {
  const size = `${kernel?.[0]} × ${kernel?.[1]}`;
  switch (kind) {
    case 'conv':
      return `convolution ${size}, ${kernel![3]} channels, stride ${strides}, ${padding!.toUpperCase()}`;
    case 'averagePool':
      return `average pool ${size}, stride ${strides}, ${padding!.toUpperCase()}`;
    case 'dense':
      return `dense ${size}`;
    case 'relu':
      return 'ReLU, max(0, ·)';
    case 'flatten':
      return 'flatten';
  }
}
