// What the prose says of several curves together, of the number of steps, of the classes and of random signs.
import {
  aDigit,
  count,
  epsilon as writeEpsilon,
  numberWord,
  percent,
  stepsName,
} from '../components/format.ts';
import { accuracy, confusion, correct, curve, rowAt } from '../compute/results/curve.ts';
import type {
  FooledClasses,
  IterativeCurve,
  RandomSigns,
  StepsCurve,
  Sweep,
} from '../compute/results/schemas.ts';
import { pairedDifference } from '../compute/statistics.ts';
import { differenceAt, interval, largestDifference } from './curveFacts.ts';
import { compared, listed, times } from './words.ts';

/** Where one step and several differ most. */
export function gapFacts(one: Sweep, five: Sweep) {
  const { epsilon } = largestDifference(one, five);
  const difference = differenceAt(one, five, epsilon);
  const left = (sweep: Sweep) => percent(rowAt(curve(sweep), epsilon).accuracy);
  return {
    sentence:
      difference.value === 0
        ? 'The two curves are equal at every ε.'
        : `The two curves are furthest apart at ε = ${writeEpsilon(epsilon)}: ${left(five)} after ${stepsName(five.steps)} and ${left(one)} after one, a difference of ${interval(difference)}.`,
  };
}

/** Step ε five times without a box or clip is the unclipped curve at the total 5ε: no run of its own. */
export function literalFacts({ unclipped }: IterativeCurve) {
  const { steps } = unclipped;
  const total = steps * (unclipped.epsilons[1] ?? 0);
  const row = curve(unclipped).find(({ epsilon }) => Math.abs(epsilon - total) < 1e-9);
  return {
    sentence: row
      ? `With a step of ${writeEpsilon(row.epsilon / steps)} it may move a pixel by ${writeEpsilon(row.epsilon)} in total and leaves ${percent(row.accuracy)}.`
      : '',
  };
}

/** Accuracy at the smallest of the fixed totals, by the number of steps, and what the steps beyond five change. */
export function stepsFacts({ epsilons, steps, labels, predicted }: StepsCurve) {
  const rows = predicted[0]!;
  const after = steps.map((k, j) => `${percent(accuracy(labels, rows[j]!).value)} after ${k}`);
  const from = Math.max(0, steps.indexOf(5));
  const change = pairedDifference(correct(labels, rows[from]!), correct(labels, rows.at(-1)!));
  return {
    epsilon: writeEpsilon(epsilons[0]!),
    after: listed(after),
    from: numberWord(steps[from]!),
    to: numberWord(steps.at(-1)!),
    change: `${compared(change.value, 0, ['rises', 'changes', 'falls'])} by ${interval(change)}`,
  };
}

/** Into which classes several steps lead. */
export function fooledFacts({ labels, clean, predicted, epsilon }: FooledClasses) {
  const into = confusion(labels, predicted).map((row, truth) =>
    row.map((images, target) => (truth === target ? 0 : images)),
  );
  const misclassified = into.flat().reduce((sum, images) => sum + images, 0);
  const flipped = [...labels].filter((label, i) => clean[i] === label && predicted[i] !== label).length;
  const totals = into[0]!.map((_, target) => into.reduce((sum, row) => sum + row[target]!, 0));
  const favourites = totals.flatMap((images, target) =>
    images === Math.max(...totals) ? [String(target)] : [],
  );
  return {
    epsilon: writeEpsilon(epsilon),
    misclassified: count(misclassified),
    flipped: count(flipped),
    favourite:
      misclassified === 0
        ? 'No class is predicted by mistake.'
        : `Most often the predicted class is ${listed(favourites)}, in ${percent(Math.max(...totals) / misclassified)} of the cases${favourites.length > 1 ? ' each' : ''}.`,
    mistake: mostCommonMistake(labels, predicted),
  };
}

/** The most frequent mistakes, all of them where several are as frequent: a sentence without its full stop. */
export function mostCommonMistake(labels: string, predicted: string): string {
  const cells = confusion(labels, predicted).flatMap((row, truth) =>
    row.map((images, target) => ({
      images: truth === target ? 0 : images,
      words: `${aDigit(truth)} predicted as ${aDigit(target)}`,
    })),
  );
  const most = Math.max(...cells.map(({ images }) => images));
  const worst = cells.filter(({ images }) => images === most);
  if (most === 0) return 'There is no mistake';
  if (worst.length === 1) return `The most common mistake is ${worst[0]!.words}, ${times(most)}`;
  if (worst.length > 3) return `No mistake is made more than ${times(most)}`;
  return `The most common mistakes, ${times(most)} each, are ${listed(worst.map(({ words }) => words))}`;
}

/** What random signs do beside the gradient's, at each ε of both. */
export function randomFacts({ epsilons, labels, predicted }: RandomSigns, gradient: Sweep) {
  const rows = curve(gradient);
  const at = epsilons.map((epsilon, i) => {
    const shares = predicted[i]!.map((row) => accuracy(labels, row).value);
    const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
    return { epsilon, mean, range: `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}` };
  });
  const sentences = at.map(({ epsilon, mean, range }) => {
    const step = rows.find((row) => row.epsilon === epsilon);
    const random = `At ε = ${writeEpsilon(epsilon)} random signs leave ${percent(mean)} correct (${range})`;
    return step ? `${random}, those of the gradient ${percent(step.accuracy)}.` : `${random}.`;
  });
  const lost = rows[0]!.accuracy - at.at(-1)!.mean;
  return {
    draws: count(predicted[0]!.length),
    compared: sentences.join(' '),
    harm:
      lost > 0.1
        ? 'So large a change does harm even without the direction of the gradient. It has one of its own: a pixel at 0 can only rise, so the draws lift the background by ε/2 on average.'
        : '',
  };
}
