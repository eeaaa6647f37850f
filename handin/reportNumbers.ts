// The report's numbers as the bundle holds them: for the script's comparison, and as tables.
import { createHash } from 'node:crypto';
import { curve } from '../src/compute/results/curve.ts';
import type { Example, FgsmCurve, IterativeCurve } from '../src/compute/results/schemas.ts';
import { csv } from './csv.ts';

/** The results of the four questions. */
export interface Answers {
  fgsmExample: Example;
  fgsmCurve: FgsmCurve;
  iterativeExample: Example;
  iterativeCurve: IterativeCurve;
}

/** x and x* of one attack: probabilities in class order. */
interface ExamplePredictions {
  original: number[];
  perturbed: number[];
}

/** Content of `report.json`, which problem1.py compares its own numbers with. */
export interface ReportNumbers {
  build: string;
  /** SHA-256 of the published weight file: the eight arrays one after the other, float32, little-endian. */
  weightsSha256: string;
  /** Index of the attacked test image, its class, ε and k of question 3. */
  image: number;
  label: number;
  epsilon: number;
  steps: number;
  predictions: { fgsm: ExamplePredictions; iterative: ExamplePredictions };
  epsilons: number[];
  /** Accuracy at each ε. */
  accuracy: { fgsm: number[]; iterative: number[] };
}

/**
 * What the script must find again.
 *
 * @throws if the questions were not answered on the same image, ε and test images
 */
export function reportNumbers(answers: Answers, weights: Uint8Array, build: string): ReportNumbers {
  const { fgsmExample: one, iterativeExample: several, fgsmCurve, iterativeCurve } = answers;
  if (one.index !== several.index || one.epsilon !== several.epsilon) {
    throw new Error(
      `questions 1 and 3 differ: image ${one.index} at ${one.epsilon} and ${several.index} at ${several.epsilon}; compute again`,
    );
  }
  const [rows, iterativeRows] = [curve(fgsmCurve.clipped), curve(iterativeCurve.clipped)];
  const epsilons = rows.map(({ epsilon }) => epsilon);
  if (
    fgsmCurve.clipped.indices.join() !== iterativeCurve.clipped.indices.join() ||
    epsilons.join() !== iterativeRows.map(({ epsilon }) => epsilon).join()
  ) {
    throw new Error('questions 2 and 4 differ in their test images or their epsilons; compute again');
  }
  return {
    build,
    weightsSha256: createHash('sha256').update(weights).digest('hex'),
    image: one.index,
    label: one.label,
    epsilon: one.epsilon,
    steps: several.steps,
    predictions: { fgsm: probabilities(one), iterative: probabilities(several) },
    epsilons,
    accuracy: {
      fgsm: rows.map(({ accuracy }) => accuracy),
      iterative: iterativeRows.map(({ accuracy }) => accuracy),
    },
  };
}

function probabilities({ original, path }: Example): ExamplePredictions {
  return {
    original: original.prediction.probabilities,
    perturbed: path.at(-1)!.prediction.probabilities,
  };
}

/** Logits and probabilities of x and of both x*, a row for each class. */
export function predictionsCsv({ fgsmExample, iterativeExample }: Answers): string {
  const vectors = {
    original: fgsmExample.original.prediction,
    fgsm: fgsmExample.path.at(-1)!.prediction,
    iterative: iterativeExample.path.at(-1)!.prediction,
  };
  const columns = Object.entries(vectors);
  return csv(
    ['class', ...columns.flatMap(([name]) => [`${name}_logit`, `${name}_probability`])],
    vectors.original.logits.map((_, digit) => [
      digit,
      ...columns.flatMap(([, { logits, probabilities: shares }]) => [logits[digit]!, shares[digit]!]),
    ]),
  );
}

/** Accuracies and 95 % Wilson intervals of both attacks, a row for each ε. */
export function accuracyCsv({ fgsmCurve, iterativeCurve }: Answers): string {
  const iterative = curve(iterativeCurve.clipped);
  return csv(
    ['epsilon', 'fgsm', 'fgsm_low', 'fgsm_high', 'iterative', 'iterative_low', 'iterative_high'],
    curve(fgsmCurve.clipped).map((row, i) => [
      row.epsilon,
      ...[row, iterative[i]!].flatMap(({ accuracy, low, high }) => [accuracy, low, high]),
    ]),
  );
}

/** The 1,000 test images: index and true class. */
export function indicesCsv({ fgsmCurve: { clipped } }: Answers): string {
  return csv(
    ['index', 'label'],
    clipped.indices.map((index, i) => [index, Number(clipped.labels[i])]),
  );
}
