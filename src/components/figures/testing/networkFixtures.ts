// Results of three networks, for tests of the figures that compare them.
import { labelsOf, misclassified, provenance, sweep } from './sweepFixtures.ts';
import type { Results } from '../figure.ts';

const networkNames = ['mnist-cnn-2', 'mnist-cnn-defended'] as const;
const labels = labelsOf(200);
// Shorter than those of the first network.
const epsilons = Array.from({ length: 13 }, (_, i) => i / 40);
const indices = Array.from(labels, (_, i) => i * 3);

/** What the figures of other networks need. */
export const networkFixtures = {
  'network-curves': {
    provenance,
    index: 0,
    label: 7,
    epsilon: 0.3,
    labels,
    networks: networkNames.map((name, i) => ({
      name,
      predicted: labels,
      example: { fgsm: 3, iterative: 3 },
      fgsm: sweep(0.3, 0.12 + 0.2 * i, { attack: 'fgsm', epsilons }),
      iterative: sweep(0.3, 0.09 + 0.18 * i, { attack: 'iterativeFgsm', epsilons }),
    })),
  },
  transfer: {
    provenance,
    networks: ['mnist-cnn', ...networkNames],
    indices,
    labels,
    attacks: [1, 5].map((steps) => ({
      epsilon: 0.1,
      steps,
      predicted: [0, 1, 2].map((from) =>
        [0, 1, 2].map((asked) =>
          misclassified(
            labels,
            indices.map((_, i) => (i % 7) / (from === asked ? 60 : 40)),
            0.1,
          ),
        ),
      ),
    })),
  },
  'target-classes': {
    provenance,
    epsilons: [0.1, 0.2],
    steps: 20,
    indices,
    labels,
    predicted: [2, 1].map((hardness) =>
      Array.from({ length: 10 }, (_, target) =>
        Array.from(labels, (label, i) => (i % (target + hardness) === 0 ? target : label)).join(''),
      ),
    ),
  },
} satisfies Results;
