// From sweeps and their relatives to the charts that compare attacks.
import { pairedDifference } from '../../compute/statistics.ts';
import {
  accuracy,
  confusion,
  correct,
  curve,
  rowAt,
  smallestFlippingEpsilons,
} from '../../compute/results/curve.ts';
import type {
  FgsmCurve,
  FooledClasses,
  IterativeCurve,
  RandomSigns,
  StepsCurve,
  Sweep,
} from '../../compute/results/schemas.ts';
import { capital, stepsName } from './accuracyData.ts';
import type { DifferenceData } from './differenceChart.ts';
import type { MatrixData } from './classMatrix.ts';
import type { RandomSignsData } from './randomSignsChart.ts';
import type { Flips, SmallestEpsilonData } from './smallestEpsilonChart.ts';
import type { StepCountData } from './stepCountChart.ts';

/** Both attacks' images by the smallest ε that flips them. */
export function smallestEpsilonData(fgsm: FgsmCurve, iterative: IterativeCurve): SmallestEpsilonData {
  const { epsilons, steps } = iterative.clipped;
  return {
    epsilons,
    attacks: [
      flips(fgsm.clipped, 'fgsm', 'FGSM, one step'),
      flips(iterative.clipped, 'iterative', capital(stepsName(steps))),
    ],
  };
}

function flips(sweep: Sweep, style: Flips['style'], name: string): Flips {
  const smallest = smallestFlippingEpsilons(sweep);
  const counts = sweep.epsilons.map((epsilon) => smallest.filter((one) => one === epsilon).length);
  let flipped = 0;
  const median = sweep.epsilons.find((_epsilon, i) => (flipped += counts[i]!) * 2 >= smallest.length);
  return { style, name, counts, never: smallest.filter((one) => one === null).length, median };
}

/** Accuracy after each number of steps, for each ε. */
export function stepCountData({ epsilons, steps, labels, predicted }: StepsCurve): StepCountData {
  return {
    images: labels.length,
    lines: epsilons.map((epsilon, i) => ({
      epsilon,
      rows: steps.map((count, j) => {
        const { value, low, high } = accuracy(labels, predicted[i]![j]!);
        return { steps: count, accuracy: value, low, high };
      }),
    })),
  };
}

/**
 * Random signs between the unperturbed images and the two attacks at the same ε; an attack is left out if its grid
 * does not hold that ε.
 *
 * @throws if the draws are of other images than the sweeps
 */
export function randomSignsData(
  random: RandomSigns,
  fgsm: FgsmCurve,
  iterative: IterativeCurve,
): RandomSignsData {
  const { epsilon, indices, labels, predicted } = random;
  for (const { clipped } of [fgsm, iterative]) {
    if (clipped.indices.join() !== indices.join()) {
      throw new Error('invalid random signs: their images are not those of the sweeps; run npm run compute');
    }
  }
  const at = ({ clipped }: FgsmCurve | IterativeCurve) =>
    clipped.epsilons.includes(epsilon) ? [rowAt(curve(clipped), epsilon).accuracy] : [];
  const rows: RandomSignsData['rows'] = [
    { name: 'Unperturbed', style: 'clean', accuracies: [curve(fgsm.clipped)[0]!.accuracy] },
    {
      name: `Random signs, ${predicted.length} draws`,
      style: 'random',
      accuracies: predicted.map((row) => accuracy(labels, row).value),
    },
    { name: 'FGSM, one step', style: 'fgsm', accuracies: at(fgsm) },
    { name: capital(stepsName(iterative.clipped.steps)), style: 'iterative', accuracies: at(iterative) },
  ];
  return { epsilon, images: indices.length, rows: rows.filter(({ accuracies }) => accuracies.length > 0) };
}

/** What it costs the attacker to take signs from float32 cross-entropy: accuracy left, less that under the margin. */
export function lossDifferenceData({ clipped, crossEntropy }: FgsmCurve): DifferenceData {
  return {
    axis: 'Accuracy, cross-entropy less margin, in points',
    rows: clipped.epsilons.map((epsilon, i) => ({
      epsilon,
      ...pairedDifference(
        correct(crossEntropy.labels, crossEntropy.predicted[i]!),
        correct(clipped.labels, clipped.predicted[i]!),
      ),
    })),
  };
}

/** The confusion matrix of the unperturbed test images. */
export function confusionData({ labels, predicted }: { labels: string; predicted: string }): MatrixData {
  return { counts: confusion(labels, predicted), style: 'mistakes', columns: 'read as' };
}

/** Into which class each digit is fooled. */
export function fooledData({ labels, predicted }: FooledClasses): MatrixData {
  return { counts: confusion(labels, predicted), style: 'fooled', columns: 'read as' };
}
