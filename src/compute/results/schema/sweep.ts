import { z } from 'zod';
import { epsilon, digits, index, steps, count } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** One sweep over ε: `predicted[i]` holds one digit for each image at `epsilons[i]`. */
export const sweepSchema = z.strictObject({
  attack: z.enum(['fgsm', 'iterativeFgsm']),
  loss: z.enum(['margin', 'crossEntropy']),
  steps,
  clip: z.boolean(),
  epsilons: z.array(epsilon).min(1),
  indices: z.array(index).min(1),
  labels: digits,
  predicted: z.array(digits).min(1),
  zeroGradients: z.array(count),
});

/** Question 2: FGSM against ε, with the curves that it is compared with. */
export const fgsmCurveSchema = z.strictObject({
  provenance: provenanceSchema,
  clipped: sweepSchema,
  unclipped: sweepSchema,
  firstImages: sweepSchema,
  crossEntropy: sweepSchema,
});

/** Question 4: iterative FGSM against ε, with the curves that it is compared with. */
export const iterativeCurveSchema = z.strictObject({
  provenance: provenanceSchema,
  clipped: sweepSchema,
  unclipped: sweepSchema,
  firstImages: sweepSchema,
});

export type Sweep = z.infer<typeof sweepSchema>;
export type FgsmCurve = z.infer<typeof fgsmCurveSchema>;
export type IterativeCurve = z.infer<typeof iterativeCurveSchema>;
