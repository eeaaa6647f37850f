import type { Example } from '../../compute/results/schemas.ts';
import { argmax } from '../../compute/statistics.ts';
import { probability, stepsName } from '../format.ts';

/** What questions 1 and 3 found: "After one step at _ε_ = 0.3 the 7 is predicted as a 3, with probability 0.9588". */
export function exampleTitle({ label, epsilon, steps, path }: Example): string {
  const { probabilities } = path[path.length - 1]!.prediction;
  const predicted = argmax(probabilities);
  const outcome =
    predicted === label
      ? 'is still predicted'
      : `is predicted as ${predicted === 8 ? 'an' : 'a'} ${predicted}`;
  const p = probability(probabilities[predicted]!);
  return `After ${stepsName(steps)} at _ε_ = ${epsilon} the ${label} ${outcome}, with probability ${p}`;
}
