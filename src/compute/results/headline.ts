import { argmax } from '../statistics.ts';
import { accuracy, curve, rowAt } from './curve.ts';
import { readResult } from './readResult.ts';

/** The numbers by which a build is recognised. */
export interface Headline {
  accuracy: { clean: number; fgsm: number; iterative: number };
  /** The ε of both attacked accuracies. */
  epsilon: number;
  /** Test image, its class, and the predicted classes. */
  example: { image: number; label: number; clean: number; fgsm: number; iterative: number };
}

/** Headline of the results under a root. Throws if one is missing. */
export async function headline(root: string): Promise<Headline> {
  const [evaluation, fgsm, iterative, one, several] = await Promise.all([
    readResult('evaluation', { root }),
    readResult('fgsm-curve', { root }),
    readResult('iterative-curve', { root }),
    readResult('fgsm-example', { root }),
    readResult('iterative-example', { root }),
  ]);
  const { epsilon } = one;
  const verdict = ({ path }: typeof one) => argmax(path[path.length - 1]!.prediction.probabilities);
  return {
    accuracy: {
      clean: accuracy(evaluation.labels, evaluation.predicted).value,
      fgsm: rowAt(curve(fgsm.clipped), epsilon).accuracy,
      iterative: rowAt(curve(iterative.clipped), epsilon).accuracy,
    },
    epsilon,
    example: {
      image: one.index,
      label: one.label,
      clean: argmax(one.original.prediction.probabilities),
      fgsm: verdict(one),
      iterative: verdict(several),
    },
  };
}
