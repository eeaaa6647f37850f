// What the prose says of questions 1 and 3, out of the stored examples.
import {
  aDigit,
  count,
  decimal,
  epsilon as writeEpsilon,
  loss as writeLoss,
  of255,
  percent,
  probability,
  relation,
  stepsName,
} from '../components/format.ts';
import { quotedEpsilon } from '../compute/options.ts';
import { argmax, marginOf } from '../compute/statistics.ts';
import type { Example } from '../compute/results/schemas.ts';

/** By how much float32 may miss a full step; what moved less was stopped by the clip. */
const ROUNDING = 1e-6;

/** Facts of one attacked image. */
export function exampleFacts(example: Example) {
  const { original, path, epsilon, label, sameClass, quantised, steps } = example;
  const { prediction, loss } = path[steps - 1]!;
  const predicted = argmax(prediction.probabilities);
  const inBytes = argmax(quantised.prediction.probabilities);
  const changes = quantised.pixels.map((value, i) => Math.abs(value - Math.round(original.image[i]! * 255)));
  const first = path.findIndex((step) => argmax(step.prediction.probabilities) !== label) + 1;
  const moves = movesOf(example);
  const share = (holds: (move: number) => boolean) => moves.filter(holds).length / moves.length;
  const [unmoved, stopped] = [share((move) => move === 0), share((move) => move < epsilon - ROUNDING)];
  const quoted = quotedEpsilon(example.alongEpsilon.map((row) => row.epsilon));
  const marginAt = (at: number) =>
    marginOf(example.alongEpsilon.find((row) => row.epsilon === at)!.prediction.logits, label);
  const [before, early] = [marginOf(original.prediction.logits, label), marginAt(quoted)];
  return {
    index: count(example.index),
    label: String(label),
    epsilon: writeEpsilon(epsilon),
    epsilonGrey: of255(epsilon),
    steps: count(steps),
    stepSize: writeEpsilon(epsilon / steps),
    pBefore: probability(original.prediction.probabilities[label]!),
    pBeforeIs: relation(original.prediction.probabilities[label]!),
    lossBefore: writeLoss(original.loss),
    aPredicted: aDigit(predicted),
    predictedRole: predicted === label ? 'true' : 'fooled',
    predictedP: probability(prediction.probabilities[predicted]!),
    outcome: `${outcome(predicted, label)} with probability ${probability(prediction.probabilities[predicted]!)}`,
    loss: writeLoss(loss),
    pixels: count(moves.length),
    pixelsRoot: count(Math.round(Math.sqrt(moves.length))),
    earlyEpsilon: writeEpsilon(quoted),
    marginBefore: decimal(before, 2),
    marginEarly: decimal(early, 2),
    marginRise: decimal(early - before, 2),
    marginPerPixel: decimal((early - before) / moves.length, 3),
    margin: decimal(marginOf(prediction.logits, label), 2),
    unmoved: percent(unmoved),
    stoppedPartWay: percent(stopped - unmoved),
    firstMisclassified:
      first > 0 ? `is first misclassified after step ${first}` : 'is classified correctly after each step',
    bytesLargest: count(Math.max(...changes)),
    bytesOutcome: `${outcome(inBytes, label)} (${probability(quantised.prediction.probabilities[inBytes]!)})`,
    sameClassFlipped:
      sameClass.flipped === sameClass.correct
        ? `all ${count(sameClass.correct)}`
        : `${count(sameClass.flipped)} of ${count(sameClass.correct)} (${percent(sameClass.flipped / sameClass.correct)})`,
  };
}

/** What questions 1 and 3 found: "After one step at _ε_ = 0.3 the 7 is predicted as a 3, with probability 0.9588". */
export function exampleTitle({ label, epsilon, steps, path }: Example): string {
  const { probabilities } = path.at(-1)!.prediction;
  const predicted = argmax(probabilities);
  const outcome = predicted === label ? 'is still predicted' : `is predicted as ${aDigit(predicted)}`;
  return `After ${stepsName(steps)} at _ε_ = ${epsilon} the ${label} ${outcome}, with probability ${probability(probabilities[predicted]!)}`;
}

/** What five steps do otherwise than one. */
export function refinementFacts(one: Example, five: Example) {
  const { path } = five;
  const signs = [...path[0]!.signs];
  const changed = signs.filter((sign, pixel) => path.some((step) => step.signs[pixel] !== sign));
  const [moveOne, moveFive] = [mean(movesOf(one)), mean(movesOf(five))];
  return {
    signChanges:
      changed.length === 0
        ? 'On no pixel does the sign of the gradient change before the last step.'
        : `On ${percent(changed.length / signs.length)} of the pixels the sign of the gradient then changes at least once ` +
          `before the last step, and ${stepsName(five.steps)} take back part of what they did there.`,
    meanMove: `${decimal(moveFive, 3)} after ${stepsName(five.steps)} and ${decimal(moveOne, 3)} after one`,
  };
}

const outcome = (predicted: number, label: number): string =>
  predicted === label ? `still classified as ${aDigit(predicted)}` : `misclassified as ${aDigit(predicted)}`;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How far each pixel has moved. */
function movesOf({ original, path }: Example): number[] {
  return path.at(-1)!.perturbed.map((value, i) => Math.abs(value - original.image[i]!));
}
