import { z } from 'zod';
import { PIXELS } from '../../networks/layers.ts';
import { predictionSchema } from './prediction.ts';
import { epsilon, digit, signs, image, index, steps, count } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** One step of an attack on one image: the signs taken at x_{t−1} and what they lead to. */
const stepSchema = z.strictObject({
  signs,
  perturbed: image,
  prediction: predictionSchema,
  loss: z.number().nonnegative(),
});

/** Questions 1 and 3: one image, attacked. */
export const exampleSchema = z.strictObject({
  provenance: provenanceSchema,
  index,
  label: digit,
  epsilon,
  steps,
  original: z.strictObject({ image, prediction: predictionSchema, loss: z.number().nonnegative() }),
  path: z.array(stepSchema).min(1),
  /** x* rounded to bytes towards x, and predicted again. */
  quantised: z.strictObject({
    pixels: z.array(z.int().min(0).max(255)).length(PIXELS),
    prediction: predictionSchema,
  }),
  /** The same image at each ε of a finer grid. */
  alongEpsilon: z.array(z.strictObject({ epsilon, prediction: predictionSchema })).min(1),
  /** Test images of this class: how many, how many read correctly, how many of those flip at this ε. */
  sameClass: z.strictObject({
    images: count,
    correct: count,
    flipped: count,
  }),
});

export type Example = z.infer<typeof exampleSchema>;
