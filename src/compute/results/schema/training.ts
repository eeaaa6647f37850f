import { z } from 'zod';
import { share } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** The learning curve. */
export const trainingSchema = z.strictObject({
  provenance: provenanceSchema,
  epochs: z.array(
    z.strictObject({
      epoch: z.int().positive(),
      learningRate: z.number().nonnegative(),
      loss: z.number().nonnegative(),
      accuracy: share,
      validationLoss: z.number().nonnegative(),
      validationAccuracy: share,
    }),
  ),
});

export type Training = z.infer<typeof trainingSchema>;
