// What the prose says of several curves together, of the number of steps, of the classes and of random signs.
import {
  compared,
  count,
  epsilon as writeEpsilon,
  listed,
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

/** What the steps beyond five change, at the smallest of the fixed totals. */
export function stepsFacts({ epsilons, steps, labels, predicted }: StepsCurve) {
  const rows = predicted[0]!;
  const from = Math.max(0, steps.indexOf(5));
  const change = pairedDifference(correct(labels, rows[from]!), correct(labels, rows.at(-1)!));
  return {
    epsilon: writeEpsilon(epsilons[0]!),
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
  };
}

/** What random signs do beside the gradient's, at each ε of both. */
export function randomFacts({ epsilons, labels, predicted, unclipped }: RandomSigns, gradient: Sweep) {
  const rows = curve(gradient);
  const meanOf = (draws: readonly string[]) =>
    draws.reduce((sum, row) => sum + accuracy(labels, row).value, 0) / draws.length;
  const at = epsilons.map((epsilon, i) => ({ epsilon, left: meanOf(predicted[i]!) }));
  const sentences = at.map(({ epsilon, left }) => {
    const step = rows.find((row) => row.epsilon === epsilon);
    const random = `At ε = ${writeEpsilon(epsilon)} this leaves ${percent(left)} correct on average`;
    return step ? `${random}, the gradient’s signs ${percent(step.accuracy)}.` : `${random}.`;
  });
  const last = at.at(-1)!;
  const unclippedLeft = meanOf(unclipped.at(-1)!);
  return {
    draws: count(predicted[0]!.length),
    compared: sentences.join(' '),
    harm:
      unclippedLeft - last.left > 0.1
        ? `The clip gives random signs a direction: a pixel at 0 can only rise, so the background rises by ε/2 on average. Without the clip they would leave ${percent(unclippedLeft)} at ε = ${writeEpsilon(last.epsilon)}.`
        : '',
  };
}
