import { z } from 'zod';
import { digits } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** The network on the unperturbed test images, in order: labels and predictions as digits. */
export const evaluationSchema = z.strictObject({
  provenance: provenanceSchema,
  labels: digits,
  predicted: digits,
});

export type Evaluation = z.infer<typeof evaluationSchema>;
