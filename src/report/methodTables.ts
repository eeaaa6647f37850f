// The tables of the methods page: this report's protocol, and the defaults of others.
import { count, of255 } from '../components/format.ts';
import { reportOptions } from '../compute/options.ts';

/** One row for each choice of the protocol. */
export function protocolRows(): string[][] {
  const { sweep, seeds, example } = reportOptions;
  const largest = (sweep.epsilonCount - 1) / sweep.epsilonDenominator;
  return [
    ['Images', 'float32 in [0, 1], bytes / 255; no mean, no standard deviation'],
    ['Unit of ε', `the same: ${example.epsilon} is ${of255(example.epsilon)} of 255`],
    ['Label', 'the true one, also where the network is wrong already'],
    ['Loss', 'cross-entropy of the logits, summed over the batch; its sign is taken from the margin'],
    ['Sign', '$(g \\gt 0) - (g \\lt 0)$, so 0 only for a gradient of exactly 0'],
    ['Clip', 'to [0, 1] after each step; the curves without it are computed too'],
    ['Box', `each step stays within ε of the original image`],
    ['Start', 'the image itself: no random start'],
    ['Step', `α = ε/$k$; the gradient is taken anew at each point`],
    ['Stop', `after $k$ steps, misread or not`],
    ['Grid', `ε = i/${sweep.epsilonDenominator}, i = 0 … ${sweep.epsilonCount - 1}, so 0 to ${largest}`],
    [
      'Images counted',
      `all ${count(sweep.images)}, drawn without replacement from the 10,000 test images with seed ${seeds.testImages}`,
    ],
    ['Interval', '95 % Wilson, over images; differences on the same images have paired intervals'],
    ['Ties', 'the lowest class'],
  ];
}

/** One row for each well-known implementation: loss, label, start, step, and what to watch for. */
export function otherRows(): string[][] {
  return [
    ['This report', 'margin', 'true', 'the image', 'ε/$k$', 'clip and box after each step'],
    [
      'Foolbox',
      'cross-entropy',
      'as given',
      'BIM: the image; PGD: random',
      `0.2 ε, 10 steps`,
      'relative step, not tied to the number of steps',
    ],
    [
      'CleverHans',
      'cross-entropy',
      'as given, else the prediction',
      'BIM: the image; PGD: random',
      'as given',
      'without labels it attacks the prediction, so misread images differ',
    ],
    [
      'torchattacks',
      'cross-entropy',
      'as given',
      'BIM: the image; PGD: random',
      'an absolute length',
      `step and ε have defaults of their own, which differ between versions: set both`,
    ],
    [
      'PyTorch tutorial',
      'log-likelihood',
      'true',
      'the image',
      'ε',
      'inputs are normalised and de-normalised around the step; images misread already are counted but not attacked',
    ],
  ];
}
