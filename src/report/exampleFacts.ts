// What the prose says of questions 1 and 3, derived from the stored example.
import { argmax, runnerUp } from '../compute/statistics.ts';
import type { Example } from '../compute/results/schemas.ts';
import { budget, chance, grey, loss, share, whole, type Facts } from './fact.ts';

// Float32's rendering of a full step; anything shorter was cut by the clip.
const FULL = 1e-6;

/** Verdict on x*: the last point of the path. */
function verdict({ path }: Example) {
  const { prediction, loss } = path[path.length - 1]!;
  const label = argmax(prediction.probabilities);
  return {
    label,
    loss,
    probabilities: prediction.probabilities,
    second: runnerUp(prediction.probabilities, label),
  };
}

/** Smallest ε of the finer grid at which the image is misread; undefined if none. */
function smallestFlip({ alongEpsilon, label }: Example): { epsilon: number; label: number } | undefined {
  const row = alongEpsilon.find(({ prediction }) => argmax(prediction.probabilities) !== label);
  return row && { epsilon: row.epsilon, label: argmax(row.prediction.probabilities) };
}

/** Share of pixels whose sign at some later step differs from the first. */
function changedSigns({ path }: Example): number {
  const first = path[0]!.signs;
  const changed = [...first].filter((sign, pixel) => path.some(({ signs }) => signs[pixel] !== sign));
  return changed.length / first.length;
}

/** Number of the first step after which the image is misread; 0 if none. */
function firstMisread({ path, label }: Example): number {
  return path.findIndex(({ prediction }) => argmax(prediction.probabilities) !== label) + 1;
}

/** Facts of one example, under its section's name. */
export function exampleFacts(section: string, example: Example): Facts {
  const { original, path, epsilon, label, sameClass, quantised, steps } = example;
  const pixels = original.image.length;
  const end = verdict(example);
  const last = path[path.length - 1]!.perturbed;
  const moved = last.map((value, i) => Math.abs(value - original.image[i]!));
  const bytes = argmax(quantised.prediction.probabilities);
  const flip = smallestFlip(example);
  const largestByte = Math.max(
    ...quantised.pixels.map((value, i) => Math.abs(value - Math.round(original.image[i]! * 255))),
  );
  const facts: Facts = {
    index: whole(example.index),
    label: whole(label),
    epsilon: budget(epsilon),
    epsilonGrey: grey(epsilon),
    steps: whole(steps),
    stepSize: budget(epsilon / steps),
    originalProbability: chance(original.prediction.probabilities[label]!),
    originalLoss: loss(original.loss),
    verdict: whole(end.label),
    verdictProbability: chance(end.probabilities[end.label]!),
    trueProbability: chance(end.probabilities[label]!),
    second: whole(end.second),
    secondProbability: chance(end.probabilities[end.second]!),
    loss: loss(end.loss),
    downSigns: share([...path[0]!.signs].filter((sign) => sign === '-').length / pixels),
    fullStep: share(moved.filter((value) => value >= epsilon - FULL).length / pixels),
    unmoved: share(moved.filter((value) => value === 0).length / pixels),
    meanMove: budget(Number((moved.reduce((sum, value) => sum + value, 0) / pixels).toFixed(3))),
    bytesVerdict: whole(bytes),
    bytesProbability: chance(quantised.prediction.probabilities[bytes]!),
    bytesLargest: whole(largestByte),
    sameClass: whole(sameClass.images),
    sameClassCorrect: whole(sameClass.correct),
    sameClassFlipped: whole(sameClass.flipped),
    sameClassRate: share(sameClass.flipped / sameClass.correct),
    changedSigns: share(changedSigns(example)),
    firstMisread: whole(firstMisread(example)),
    ...(flip && {
      smallestFlip: budget(flip.epsilon),
      smallestFlipGrey: grey(flip.epsilon),
      smallestFlipLabel: whole(flip.label),
    }),
  };
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`${section}.${name}`, fact]));
}
