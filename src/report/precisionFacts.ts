// What the prose says of the signs that float32 gradients get wrong.
import { aDigit, count, epsilon as writeEpsilon, percent, percentagePoints } from '../components/format.ts';
import type { FgsmCurve, Precision } from '../compute/results/schemas.ts';
import { PIXELS } from '../compute/networks/layers.ts';
import { largestDifference } from './curveFacts.ts';

/** Facts of the wrong signs, and of what they do to question 2's curve. */
export function precisionFacts({ indices, doubt, wrongSigns, worst }: Precision, curve: FgsmCurve) {
  const pixels = (counts: readonly number[]) => count(counts.reduce((sum, wrong) => sum + wrong, 0));
  const place = indices.indexOf(worst.index);
  const wrong = wrongSigns.crossEntropy[place]!;
  const moved = largestDifference(curve.crossEntropy, curve.clipped);
  return {
    images: count(indices.length),
    pixels: count(indices.length * PIXELS),
    marginPixels: pixels(wrongSigns.margin),
    crossEntropyPixels: pixels(wrongSigns.crossEntropy),
    crossEntropyImages: count(wrongSigns.crossEntropy.filter((n) => n > 0).length),
    worstIndex: count(worst.index),
    worstLabel: aDigit(worst.label),
    worstDoubt: doubt[place]!.toPrecision(2),
    worstWrong: `${count(wrong)} of its ${PIXELS} signs wrong (${percent(wrong / PIXELS)})`,
    curveMoved: percentagePoints(moved.difference),
    curveEpsilon: writeEpsilon(moved.epsilon),
  };
}
