import { z } from 'zod';
import { epsilon, digits, index, steps } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Iterative FGSM at one ε on the sweep's images: into which class each digit is fooled. */
export const fooledClassesSchema = z.strictObject({
  provenance: provenanceSchema,
  epsilon,
  steps,
  indices: z.array(index),
  labels: digits,
  clean: digits,
  predicted: digits,
});

export type FooledClasses = z.infer<typeof fooledClassesSchema>;
