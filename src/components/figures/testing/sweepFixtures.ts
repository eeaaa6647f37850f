// Seeded sweeps of no network, for the fixtures.
import { randomLcg } from 'd3';
import type { Provenance, Sweep } from '../../../compute/results/schemas.ts';

/** A provenance that fits its schema. */
export const provenance: Provenance = {
  stage: 'fixture',
  code: '0'.repeat(64),
  options: {},
  packages: {},
  backend: { name: 'fixture', identity: 'fixture', device: 'none' },
  inputs: {},
  data: {},
  source: {},
};

/** Digits of `count` images, 0 to 9 in turn. */
export function labelsOf(count: number): string {
  return Array.from({ length: count }, (_, i) => i % 10).join('');
}

/** Labels of which each is replaced by another class where the image's threshold lies below ε. */
export function misclassified(labels: string, thresholds: readonly number[], epsilon: number): string {
  return Array.from(labels, (label, i) =>
    epsilon < thresholds[i]! ? label : String((Number(label) + 3 + (i % 2)) % 10),
  ).join('');
}

/** A sweep in which image i flips at a threshold drawn around `centre`; one in eighty is misclassified from the start. */
export function sweep(seed: number, centre: number, options: Pick<Sweep, 'attack'> & Partial<Sweep>): Sweep {
  const draw = randomLcg(seed);
  const images = 200;
  const thresholds = Array.from({ length: images }, (_, i) =>
    i % 80 === 0 ? 0 : centre * (0.3 + draw() + draw() * 0.4) + (i === 199 ? 1 : 0),
  );
  const labels = labelsOf(images);
  const { epsilons = Array.from({ length: 21 }, (_, i) => i / 40) } = options;
  return {
    loss: 'margin',
    steps: options.attack === 'fgsm' ? 1 : 5,
    clip: true,
    epsilons,
    indices: Array.from({ length: images }, (_, i) => i * 3),
    labels,
    predicted: epsilons.map((epsilon) => misclassified(labels, thresholds, epsilon)),
    zeroGradients: epsilons.map(() => 0),
    ...options,
  };
}
