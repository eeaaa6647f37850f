import { z } from 'zod';
import { digit, digits, signs, image, index, count } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Signs of float32 gradients against a float64 reference, image by image. */
export const precisionSchema = z.strictObject({
  provenance: provenanceSchema,
  indices: z.array(index),
  labels: digits,
  /** 1 − p of the true class, from the float64 pass. */
  doubt: z.array(z.number().nonnegative()),
  /** Pixels with a wrong sign in each image, for each loss. */
  wrongSigns: z.strictObject({
    margin: z.array(count),
    crossEntropy: z.array(count),
  }),
  /** The image with the most wrong signs: its pixels and the signs of all three gradients. */
  worst: z.strictObject({ index, label: digit, image, reference: signs, margin: signs, crossEntropy: signs }),
});

export type Precision = z.infer<typeof precisionSchema>;
