import { z } from 'zod';
import { epsilon, digits, index, steps } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Accuracy against the number of steps: `predicted[i][j]` at `epsilons[i]`, `steps[j]`. */
export const stepsCurveSchema = z.strictObject({
  provenance: provenanceSchema,
  epsilons: z.array(epsilon),
  steps: z.array(steps),
  indices: z.array(index),
  labels: digits,
  predicted: z.array(z.array(digits)),
});

export type StepsCurve = z.infer<typeof stepsCurveSchema>;
