// Results that only the widgets read.
import { z } from 'zod';
import { digit, digits, epsilon, index, probabilities, provenance, signs } from './values.ts';

/** Test images that a reader can choose from: some of each class, and all that the network misclassifies. */
export const widgetImages = z.strictObject({
  provenance,
  indices: z.array(index).min(1),
  labels: digits,
  predicted: digits,
  /** Bytes of the images one after the other, packed with "deflate-raw", in base64. */
  pixels: z.base64(),
});

/** Further images that a reader's browser repeats: what the build got in one step and in several. */
export const widgetCheck = z.strictObject({
  provenance,
  epsilon,
  images: z.array(
    z.strictObject({
      index,
      label: digit,
      /** The 784 bytes in base64. */
      image: z.base64(),
      original: probabilities,
      /** Signs of each step, and the probabilities of x*. */
      attacks: z.array(z.strictObject({ signs: z.array(signs).min(1), perturbed: probabilities })),
    }),
  ),
});
