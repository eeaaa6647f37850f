// Results of the networks beside the report's own.
import { z } from 'zod';
import { CLASSES } from '../data/shape.ts';
import { networkNames } from './networkNames.ts';
import {
  count,
  digit,
  digits,
  epsilon,
  index,
  provenance,
  share,
  steps,
  sweep,
  trainingEpoch,
} from './values.ts';

const networkName = z.enum(networkNames);

const trainingSeeds = z.strictObject({ initialWeights: count, training: count });

/** The report's recipe with other seeds. */
export const otherTrainings = z.strictObject({
  provenance,
  networks: z.array(
    z.strictObject({ name: networkName, seeds: trainingSeeds, epochs: z.array(trainingEpoch) }),
  ),
});

/** Adversarial training: `accuracy` is on the perturbed images, `attackedAccuracy` on validation images under PGD. */
export const defendedTraining = z.strictObject({
  provenance,
  epochs: z.array(trainingEpoch.extend({ attackedAccuracy: share })),
});

/** Pixels with a wrong sign in each image, with the margin, on the network that is trained against the attack. */
export const defendedPrecision = z.strictObject({
  provenance,
  indices: z.array(index),
  labels: digits,
  wrongSigns: z.array(count),
});

/** Both curves of the other networks, their predictions of the test set, and of the image of questions 1 and 3. */
export const networkCurves = z.strictObject({
  provenance,
  index,
  label: digit,
  epsilon,
  labels: digits,
  networks: z.array(
    z.strictObject({
      name: networkName,
      predicted: digits,
      example: z.strictObject({ clean: digit, fgsm: digit, iterative: digit }),
      fgsm: sweep,
      iterative: sweep,
    }),
  ),
});

/** Attacks one after the other, each on the images that those before it spared. */
export const worstCase = z.strictObject({
  provenance,
  indices: z.array(index),
  labels: digits,
  /** Of PGD. */
  steps,
  restarts: count,
  rows: z.array(
    z.strictObject({
      network: networkName,
      epsilon,
      /** Images still correct, "1", after FGSM, after its iterative form too, and after each restart of PGD. */
      spared: z.array(z.string().regex(/^[01]+$/)),
    }),
  ),
});

/** Attacks on one network, asked of another: `predicted[i][j]` is what `networks[j]` says of images perturbed for `networks[i]`. */
export const transfer = z.strictObject({
  provenance,
  networks: z.array(networkName),
  indices: z.array(index),
  labels: digits,
  attacks: z.array(z.strictObject({ epsilon, steps, predicted: z.array(z.array(digits)) })),
});

/** Targeted attacks: `predicted[i][t]` at `epsilons[i]` towards class t. */
export const targetClasses = z.strictObject({
  provenance,
  epsilons: z.array(epsilon),
  steps,
  indices: z.array(index),
  labels: digits,
  predicted: z.array(z.array(digits).length(CLASSES)),
});
