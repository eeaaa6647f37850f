import { z } from 'zod';
import { CLASSES } from '../../networks/layers.ts';
import { share } from './primitives.ts';

/** Ten logits and ten probabilities in class order. */
export const predictionSchema = z.strictObject({
  logits: z.array(z.number()).length(CLASSES),
  probabilities: z.array(share).length(CLASSES),
});
