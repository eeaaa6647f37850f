// Results of the report's shape for tests of figures and pictures: seeded, plausible, and of no network.
import { randomLcg } from 'd3';
import type { Example, FgsmCurve, IterativeCurve } from '../../compute/results/schemas.ts';
import type { Results } from './figure.ts';
import { networkFixtures } from './testing/networkFixtures.ts';
import { labelsOf, misclassified, provenance, sweep } from './testing/sweepFixtures.ts';

const pixels = 784;

const fgsmCurve: FgsmCurve = {
  provenance,
  clipped: sweep(0.1, 0.1, { attack: 'fgsm' }),
  unclipped: sweep(0.1, 0.06, { attack: 'fgsm', clip: false }),
  firstImages: sweep(0.2, 0.11, { attack: 'fgsm' }),
  crossEntropy: sweep(0.1, 0.104, { attack: 'fgsm', loss: 'crossEntropy' }),
};

const iterativeCurve: IterativeCurve = {
  provenance,
  clipped: sweep(0.1, 0.085, { attack: 'iterativeFgsm' }),
  unclipped: sweep(0.1, 0.05, { attack: 'iterativeFgsm', clip: false }),
  firstImages: sweep(0.2, 0.09, { attack: 'iterativeFgsm' }),
};

/** Ten logits of which those named stand out, and their probabilities. */
function prediction(raised: Record<number, number>): Example['original']['prediction'] {
  const logits = Array.from({ length: 10 }, (_, digit) => raised[digit] ?? -6 - digit / 10);
  const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
  return { logits, probabilities: logits.map((z) => Math.exp(z) / total) };
}

/** A seven of bars, attacked with random signs. */
export function example(steps: number): Example {
  const draw = randomLcg(0.3);
  const image = Array.from({ length: pixels }, (_, i) => {
    const [row, column] = [Math.floor(i / 28), i % 28];
    return (row === 7 && column > 6 && column < 21) || (row > 7 && row < 24 && column + row / 2 === 24)
      ? 0.8
      : 0;
  }).map(Math.fround);
  const along = (epsilon: number) =>
    prediction({ 7: 6 - epsilon * 60, 3: 2 - epsilon * 10, 8: epsilon * 8 - 1 });
  let current = image;
  const path = Array.from({ length: steps }, (_, step) => {
    const signs = Array.from({ length: pixels }, () => (draw() < 0.5 ? '-' : '+')).join('');
    const alpha = 0.3 / steps;
    current = current.map((value, i) =>
      Math.min(1, Math.max(0, Math.fround(value + (signs[i] === '+' ? alpha : -alpha)))),
    );
    return { signs, perturbed: current, prediction: along(alpha * (step + 1)), loss: 3 * (step + 1) };
  });
  return {
    provenance,
    index: 0,
    label: 7,
    epsilon: 0.3,
    steps,
    original: { image, prediction: along(0), loss: 0.0001 },
    path,
    quantised: { pixels: current.map((value) => Math.floor(value * 255)), prediction: along(0.3) },
    alongEpsilon: Array.from({ length: 101 }, (_, i) => ({ epsilon: i / 200, prediction: along(i / 200) })),
    sameClass: { images: 1028, correct: 1020, flipped: 1019 },
  };
}

const epochs = Array.from({ length: 10 }, (_, i) => ({
  epoch: i + 1,
  learningRate: 0.002 * (1 - i / 10),
  loss: 0.35 / (i + 1) ** 1.1,
  accuracy: 1 - 0.11 / (i + 1) ** 1.1,
  validationLoss: 0.02 + 0.12 / (i + 1),
  validationAccuracy: 0.993 - 0.03 / (i + 1) ** 1.4,
}));

const labels = labelsOf(200);
const { indices } = fgsmCurve.clipped;
const perturbed = { image: example(1).path[0]!.perturbed, prediction: prediction({ 3: 2 }) };

/** Every result that a figure or a picture needs. */
export const fixtures = {
  training: { provenance, epochs },
  evaluation: { provenance, labels, predicted: fgsmCurve.clipped.predicted[2]! },
  'fgsm-example': example(1),
  'iterative-example': example(5),
  'fgsm-curve': fgsmCurve,
  'iterative-curve': iterativeCurve,
  'steps-curve': {
    provenance,
    epsilons: [0.1, 0.15],
    steps: [1, 2, 3, 5, 10, 20],
    indices,
    labels,
    predicted: [0.1, 0.15].map((epsilon) =>
      [1, 2, 3, 5, 10, 20].map((steps) => {
        const thresholds = indices.map((_, i) => (0.05 + (i % 100) / 600) * (0.8 + 0.35 / steps));
        return misclassified(labels, thresholds, epsilon);
      }),
    ),
  },
  'fooled-classes': {
    provenance,
    epsilon: 0.15,
    steps: 5,
    indices,
    labels,
    clean: iterativeCurve.clipped.predicted[0]!,
    predicted: iterativeCurve.clipped.predicted[4]!,
  },
  gallery: {
    provenance,
    epsilons: [0.1, 0.2, 0.3],
    steps: 5,
    images: Array.from({ length: 10 }, (_, label) => ({
      index: label,
      label,
      original: { image: example(1).original.image, prediction: prediction({ [label]: 6 }) },
      perturbed: [perturbed, perturbed, perturbed],
    })),
  },
  'random-signs': {
    provenance,
    epsilons: [0.1, 0.3],
    indices,
    labels,
    predicted: [0.1, 0.3].map((epsilon) =>
      [3, 4, 5, 3].map((lost, draw) => {
        const thresholds = indices.map((_, i) => ((draw * 7 + i * 3) % 37 < lost ? 0.2 : 1));
        return misclassified(labels, thresholds, epsilon);
      }),
    ),
    unclipped: [[labels], [labels]],
  },
  precision: {
    provenance,
    indices,
    labels,
    doubt: indices.map((_, i) => 10 ** (-12 + (i % 120) / 10)),
    wrongSigns: {
      margin: indices.map(() => 0),
      logSoftmax: indices.map((_, i) => (i % 120 < 40 ? 40 - (i % 120) : 0)),
      crossEntropy: indices.map((_, i) => Math.round(0.24 * Math.max(0, 50 - (i % 120)) ** 2)),
    },
    worst: {
      index: 5,
      label: 5,
      image: example(1).original.image,
      reference: example(1).path[0]!.signs,
      float32: {
        margin: example(1).path[0]!.signs,
        logSoftmax: example(5).path[1]!.signs,
        crossEntropy: example(5).path[1]!.signs,
      },
    },
    logSoftmax: sweep(0.1, 0.102, { attack: 'fgsm', loss: 'logSoftmax' }),
  },
  ...networkFixtures,
} satisfies Results;
