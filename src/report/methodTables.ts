// The tables of the methods page: this report's protocol, and the defaults of others.
import { count, of255 } from '../components/format.ts';
import { reportOptions } from '../compute/options.ts';
import { isImported } from '../compute/results/root.ts';

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

/** One row for each well-known implementation, as its source has it: loss, label, start, step, and what to watch for. */
export function otherRows(): string[][] {
  const tutorial = '<a href="https://github.com/pytorch/tutorials/pull/2419">pull request 2419</a>';
  const given = 'as given, else the prediction';
  const predicted = 'without labels it attacks the prediction, which differs for misclassified images';
  const absolute = 'the step is absolute and ε has a default of its own, 8/255: set both';
  return [
    ['This report', 'margin', 'true', 'the image', 'ε/$k$', 'clip and box after each step'],
    [
      'Foolbox 3.3.4, BIM',
      'cross-entropy',
      'as given',
      'the image',
      '0.2 ε, 10 steps',
      'the step does not follow from the number of steps',
    ],
    ['Foolbox 3.3.4, PGD', 'cross-entropy', 'as given', 'random', 'ε/30, 40 steps', 'the random start'],
    ['CleverHans 4.0.0, PyTorch', 'cross-entropy', given, 'random', 'as given', predicted],
    ['CleverHans 4.0.0, JAX and TensorFlow', 'cross-entropy', given, 'the image', 'as given', predicted],
    ['torchattacks 3.5.1, BIM', 'cross-entropy', 'as given', 'the image', '2/255, 10 steps', absolute],
    ['torchattacks 3.5.1, PGD', 'cross-entropy', 'as given', 'random', '2/255, 10 steps', absolute],
    [
      `PyTorch tutorial since ${tutorial}`,
      'log-likelihood',
      'true',
      'the image',
      'ε, one step',
      'the network takes normalised images; misclassified ones are counted but not attacked',
    ],
  ];
}
