// The options of the build as tables: the recipe of the training, the protocol of the attacks.
import { count, exponential, of255 } from '../components/format.ts';
import { reportOptions } from '../compute/options.ts';
import { isImported } from '../compute/results/root.ts';

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

/** One row for each choice of the protocol. */
export function protocolRows(): string[][] {
  const { sweep, seeds, example } = reportOptions;
  const largest = (sweep.epsilonCount - 1) / sweep.epsilonDenominator;
  return [
    [
      'Images',
      `float32 in [0, 1], bytes / 255; ${isImported() ? 'in other units only inside the network' : 'no mean, no standard deviation'}`,
    ],
    ['Unit of ε', `that of the pixels: ${example.epsilon} is ${of255(example.epsilon)} of 255`],
    ['Label', 'the true one, also of images that the network misclassifies without an attack'],
    ['Loss', 'cross-entropy of the logits, summed over the batch; its sign is taken from the margin'],
    ['Sign', '$(g \\gt 0) - (g \\lt 0)$, so 0 only for a gradient of exactly 0'],
    ['Clip', 'to [0, 1] after each step; the curves without it are computed too'],
    ['Box', `each step stays within ε of the original image`],
    ['Start', 'the image itself: no random start'],
    ['Step', `α = ε/$k$; the gradient is computed again before each`],
    ['Stop', `after $k$ steps, misclassified or not`],
    ['Grid', `ε = i/${sweep.epsilonDenominator}, i = 0 … ${sweep.epsilonCount - 1}, so 0 to ${largest}`],
    [
      'Images counted',
      `all ${count(sweep.images)}, drawn without replacement from the 10,000 test images with seed ${seeds.testImages}`,
    ],
    ['Interval', '95 % Wilson, over images; differences on the same images have paired intervals'],
    ['Ties', 'the lowest class'],
  ];
}
