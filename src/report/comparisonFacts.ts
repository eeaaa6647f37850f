// What the prose says of several curves together, of the number of steps, of the classes, of random signs and of wrong ones.
import {
  aDigit,
  compared,
  count,
  epsilon as writeEpsilon,
  exponential,
  listed,
  numberWord,
  percent,
  percentagePoints,
  stepsName,
} from '../components/format.ts';
import { PIXELS } from '../compute/data/shape.ts';
import { accuracy, confusion, correct, curve, rowAt } from '../compute/results/curve.ts';
import type {
  FgsmCurve,
  FooledClasses,
  IterativeCurve,
  Precision,
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

/** The signs that float32 gradients get wrong, and what they do to question 2's curve. */
export function precisionFacts(
  { indices, doubt, wrongSigns, worst, logSoftmax }: Precision,
  { clipped, crossEntropy }: FgsmCurve,
) {
  const counted = (wrong: readonly number[]) => {
    const images = wrong.filter((n) => n > 0).length;
    const signs = wrong.reduce((sum, n) => sum + n, 0);
    return signs === 0 ? 'none' : `${count(signs)}, in ${count(images)} images`;
  };
  const moved = (curve: typeof clipped) => {
    const { epsilon, difference } = largestDifference(curve, clipped);
    return `${percentagePoints(difference)}, at ε = ${writeEpsilon(epsilon)}`;
  };
  const place = indices.indexOf(worst.index);
  const tfjsWorst = wrongSigns.crossEntropy.indexOf(Math.max(...wrongSigns.crossEntropy));
  const on = (image: number) =>
    `${count(wrongSigns.logSoftmax[image]!)} are wrong with log-softmax and ${count(wrongSigns.crossEntropy[image]!)} with tfjs’s softmax`;
  return {
    images: count(indices.length),
    pixels: count(indices.length * PIXELS),
    margin: counted(wrongSigns.margin),
    logSoftmax: counted(wrongSigns.logSoftmax),
    tfjs: counted(wrongSigns.crossEntropy),
    worst:
      Math.min(wrongSigns.logSoftmax[place]!, wrongSigns.crossEntropy[place]!) === 0
        ? 'No image has wrong signs in both forms.'
        : `The image with the most wrong signs in both forms is test image ${count(worst.index)}, ${aDigit(worst.label)} with 1 − p = ${exponential(doubt[place]!, 1)}: ${on(place)}.`,
    tfjsWorst:
      tfjsWorst === place
        ? ''
        : `On test image ${count(indices[tfjsWorst]!)}, where tfjs’s softmax gets the most signs wrong, ${on(tfjsWorst)}.`,
    tfjsMoved: moved(crossEntropy),
    logSoftmaxMoved: moved(logSoftmax),
  };
}
