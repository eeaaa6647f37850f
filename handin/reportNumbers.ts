// The report's numbers as the bundle holds them: for the script's comparison, and as tables.
import { csv } from '../src/components/figures/figure.ts';
import { curve } from '../src/compute/results/curve.ts';
import type { Sweep } from '../src/compute/results/schemas.ts';
import { sha256 } from '../src/compute/sha256.ts';
import type { OwnResults } from '../src/report/reportResults.ts';

/** The results of the four questions. */
type Answers = Pick<OwnResults, 'fgsm-example' | 'fgsm-curve' | 'iterative-example' | 'iterative-curve'>;

/**
 * Content of `report.json`: what problem1.py compares its own numbers with, and the test images that it takes for questions 2 and 4.
 *
 * @param weights the published weight file, whose SHA-256 says of which network the numbers are
 */
export function reportNumbers(answers: Answers, weights: Uint8Array, build: string) {
  const {
    'fgsm-example': one,
    'iterative-example': several,
    'fgsm-curve': { clipped },
  } = answers;
  const accuracies = (sweep: Sweep) => curve(sweep).map(({ accuracy }) => accuracy);
  return {
    build,
    weightsSha256: sha256(weights),
    image: one.index,
    label: one.label,
    epsilon: one.epsilon,
    steps: several.steps,
    prediction: {
      x: one.original.prediction.probabilities,
      fgsm: one.path.at(-1)!.prediction.probabilities,
      iterative: several.path.at(-1)!.prediction.probabilities,
    },
    epsilons: clipped.epsilons,
    accuracy: { fgsm: accuracies(clipped), iterative: accuracies(answers['iterative-curve'].clipped) },
    indices: clipped.indices,
  };
}

/** Logits and probabilities of x and of both x*, a row for each class. */
export function predictionsCsv({ 'fgsm-example': one, 'iterative-example': several }: Answers): string {
  const vectors = {
    original: one.original.prediction,
    fgsm: one.path.at(-1)!.prediction,
    iterative: several.path.at(-1)!.prediction,
  };
  return csv({
    header: ['class', ...Object.keys(vectors).flatMap((name) => [`${name}_logit`, `${name}_probability`])],
    rows: vectors.original.logits.map((_, digit) => [
      digit,
      ...Object.values(vectors).flatMap(({ logits, probabilities }) => [
        logits[digit]!,
        probabilities[digit]!,
      ]),
    ]),
  });
}

/** The 1,000 test images: index and true class. */
export function indicesCsv({ 'fgsm-curve': { clipped } }: Answers): string {
  return csv({
    header: ['index', 'label'],
    rows: clipped.indices.map((index, i) => [index, Number(clipped.labels[i])]),
  });
}
