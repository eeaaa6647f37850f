import { z } from 'zod';
import { CLASSES } from '../../networks/layers.ts';
import { digit, epsilon, index, share, signs } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

const probabilities = z.array(share).length(CLASSES);

/** Further images that a reader's browser repeats: what the build got in one step and in several. */
export const widgetCheckSchema = z.strictObject({
  provenance: provenanceSchema,
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

export type WidgetCheck = z.infer<typeof widgetCheckSchema>;
