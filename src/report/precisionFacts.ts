// What the prose says of the signs that float32 gradients get wrong.
import {
  aDigit,
  count,
  epsilon as writeEpsilon,
  exponential,
  percentagePoints,
} from '../components/format.ts';
import type { FgsmCurve, Precision } from '../compute/results/schemas.ts';
import { PIXELS } from '../compute/data/shape.ts';
import { largestDifference } from './curveFacts.ts';

/** Facts of the wrong signs, and of what they do to question 2's curve. */
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
