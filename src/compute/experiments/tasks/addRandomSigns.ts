import { predictLabels } from '../../statistics.ts';
import { randomSigns } from '../moveAtRandom.ts';
import { onDigits, type DigitsArguments } from './onDigits.ts';

/** A slice of digits, the budget, and the draw's own seed. */
export interface AddRandomSignsArguments extends DigitsArguments {
  epsilon: number;
  seed: number;
}

/** Predicted classes after each pixel moved by ε in a random direction, one digit each. */
export function addRandomSigns({ epsilon, seed, ...digits }: AddRandomSignsArguments): string {
  return onDigits(digits, (classifier, images) => {
    const perturbed = randomSigns(images, { epsilon, seed });
    const predicted = predictLabels(classifier, perturbed).join('');
    perturbed.dispose();
    return predicted;
  });
}
