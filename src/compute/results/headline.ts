import { z } from 'zod';
import { argmax } from '../statistics.ts';
import { accuracy, curve, rowAt } from './curve.ts';
import { readResult } from './readResult.ts';

/** Schema of the numbers by which a build is recognised. */
export const headlineSchema = z.strictObject({
  accuracy: z.strictObject({ clean: z.number(), fgsm: z.number(), iterative: z.number() }),
  /** The ε of both attacked accuracies. */
  epsilon: z.number(),
  /** Test image, its class, and the predicted classes. */
  example: z.strictObject({
    image: z.int(),
    label: z.int(),
    clean: z.int(),
    fgsm: z.int(),
    iterative: z.int(),
  }),
});

export type Headline = z.infer<typeof headlineSchema>;

/** Headline of the results under a root. Throws if one is missing. */
export async function headline(root: string): Promise<Headline> {
  const [evaluation, fgsm, iterative, one, several] = await Promise.all([
    readResult('evaluation', { root }),
    readResult('fgsm-curve', { root }),
    readResult('iterative-curve', { root }),
    readResult('fgsm-example', { root }),
    readResult('iterative-example', { root }),
  ]);
  const { index: image, label, epsilon, original } = one;
  const predictedAfter = ({ path }: typeof one) => argmax(path[path.length - 1]!.prediction.probabilities);
  return {
    accuracy: {
      clean: accuracy(evaluation.labels, evaluation.predicted).value,
      fgsm: rowAt(curve(fgsm.clipped), epsilon).accuracy,
      iterative: rowAt(curve(iterative.clipped), epsilon).accuracy,
    },
    epsilon,
    example: {
      image,
      label,
      clean: argmax(original.prediction.probabilities),
      fgsm: predictedAfter(one),
      iterative: predictedAfter(several),
    },
  };
}
