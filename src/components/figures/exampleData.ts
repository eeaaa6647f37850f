// From an attacked image to its charts.
import type { Example } from '../../compute/results/schemas.ts';
import type { ProbabilityData } from './probabilityChart.ts';
import type { StepsData } from './stepsChart.ts';

/** Probabilities of the true class and of the strongest other class after each step. */
export function stepsData({ label, original, path }: Example): StepsData {
  const images = [original, ...path];
  const rival = strongest(images[images.length - 1]!.prediction.probabilities, label);
  return {
    label,
    rival,
    path: images.map(({ prediction, loss }, step) => ({
      step,
      label: prediction.probabilities[label]!,
      rival: prediction.probabilities[rival]!,
      loss,
    })),
  };
}

/** The classes that win somewhere along ε, and where the verdict changes; with the runner-up if none other wins. */
export function probabilityData({ label, alongEpsilon }: Example): ProbabilityData {
  const verdicts = alongEpsilon.map(({ prediction }) => strongest(prediction.probabilities));
  const winners = [...new Set(verdicts)].filter((digit) => digit !== label);
  if (winners.length === 0)
    winners.push(strongest(alongEpsilon[alongEpsilon.length - 1]!.prediction.probabilities, label));
  return {
    label,
    epsilons: alongEpsilon.map(({ epsilon }) => epsilon),
    classes: [label, ...winners].map((digit) => ({
      digit,
      values: alongEpsilon.map(({ prediction }) => prediction.probabilities[digit]!),
    })),
    changes: alongEpsilon.flatMap(({ epsilon }, i) => {
      const [from, to] = [verdicts[i - 1], verdicts[i]!];
      return from === undefined || from === to ? [] : [{ epsilon, from, to }];
    }),
  };
}

/** Class of the largest probability but that of `excluded`; ties go to the lowest class. */
function strongest(probabilities: readonly number[], excluded?: number): number {
  const candidates = probabilities.map((_p, digit) => digit).filter((digit) => digit !== excluded);
  return candidates.reduce((best, digit) => (probabilities[digit]! > probabilities[best]! ? digit : best));
}
