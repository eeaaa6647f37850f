// What the prose says of the trained network.
import { count, percent } from '../components/format.ts';
import { accuracy } from '../compute/results/curve.ts';
import type { Evaluation } from '../compute/results/schemas.ts';
import { parameterCount, weightSpecs } from '../compute/networks/layers.ts';
import { mnistCnn } from '../compute/networks/mnistCnn.ts';
import { mostCommonMistake } from './comparisonFacts.ts';

/** Number of trained parameters of the network. */
export const parameters = parameterCount(weightSpecs(mnistCnn.layers));

/** Facts of the network and of its mistakes on the test set. */
export function networkFacts({ labels, predicted }: Evaluation) {
  const test = accuracy(labels, predicted);
  return {
    parameters: count(parameters),
    testImages: count(labels.length),
    testAccuracy: percent(test.value, 2),
    testInterval: `${percent(test.low, 2)} to ${percent(test.high, 2)}`,
    testWrong: count(labels.length - Math.round(test.value * labels.length)),
    mistake: mostCommonMistake(labels, predicted),
  };
}
