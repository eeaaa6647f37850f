// Results of the networks beside the report's own: there are none where the network is imported.
import { z } from 'zod';
import { CLASSES } from '../data/shape.ts';
import { networkNames } from './networkNames.ts';
import {
  count,
  digit,
  digits,
  epsilon,
  images,
  index,
  resultOf,
  share,
  steps,
  sweep,
  trainingEpoch,
} from './values.ts';

const networkName = z.enum(networkNames);

/** Their schemas by name. */
export const networkSchemas = {
  /** The report's recipe with other seeds. */
  'other-trainings': resultOf({
    networks: z.array(
      z.strictObject({
        name: networkName,
        seeds: z.strictObject({ initialWeights: count, training: count }),
        epochs: z.array(trainingEpoch),
      }),
    ),
  }),
  /** Adversarial training: `accuracy` is on the perturbed images, those of the attacks on validation images. */
  'defended-training': resultOf({
    epochs: z.array(trainingEpoch.extend({ fgsmAccuracy: share, pgdAccuracy: share })),
  }),
  /** Both curves of the other networks, their predictions of the test set, and of the image of questions 1 and 3. */
  'network-curves': resultOf({
    index,
    label: digit,
    epsilon,
    labels: digits,
    networks: z.array(
      z.strictObject({
        name: networkName,
        predicted: digits,
        example: z.strictObject({ fgsm: digit, iterative: digit }),
        fgsm: sweep,
        iterative: sweep,
      }),
    ),
  }),
  /** Pixels with a wrong sign in each image, with the margin, on the network that is trained against the attack. */
  'defended-precision': resultOf({ ...images, wrongSigns: z.array(count) }),
  /** Attacks one after the other, each on the images that those before it spared; `steps` are those of PGD. */
  'worst-case': resultOf({
    ...images,
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
  }),
  /** Attacks on one network, asked of another: `predicted[i][j]` is what `networks[j]` says of images perturbed for `networks[i]`. */
  transfer: resultOf({
    networks: z.array(networkName),
    ...images,
    attacks: z.array(z.strictObject({ epsilon, steps, predicted: z.array(z.array(digits)) })),
  }),
  /** Targeted attacks: `predicted[i][t]` at `epsilons[i]` towards class t. */
  'target-classes': resultOf({
    epsilons: z.array(epsilon),
    steps,
    ...images,
    predicted: z.array(z.array(digits).length(CLASSES)),
  }),
} as const;
