import { z } from 'zod';
import { epsilon, digits, index } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Random signs in place of the gradient's: accuracy of each draw at one ε. */
export const randomSignsSchema = z.strictObject({
  provenance: provenanceSchema,
  epsilon,
  indices: z.array(index),
  labels: digits,
  predicted: z.array(digits),
});

export type RandomSigns = z.infer<typeof randomSignsSchema>;
