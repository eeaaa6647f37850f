import { z } from 'zod';
import { predictionSchema } from './prediction.ts';
import { epsilon, digit, image, index, steps } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Perturbed images of the first correctly classified image of each class. */
export const gallerySchema = z.strictObject({
  provenance: provenanceSchema,
  epsilons: z.array(epsilon),
  steps,
  images: z.array(
    z.strictObject({
      index,
      label: digit,
      original: z.strictObject({ image, prediction: predictionSchema }),
      perturbed: z.array(z.strictObject({ image, prediction: predictionSchema })),
    }),
  ),
});

export type Gallery = z.infer<typeof gallerySchema>;
