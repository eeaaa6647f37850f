import { predictLabels } from '../../statistics.ts';
import { onDigits, type DigitsArguments } from './onDigits.ts';

/** Predicted classes of a slice of digits, one digit each. */
export function predictDigits(args: DigitsArguments): string {
  return onDigits(args, (classifier, images) => predictLabels(classifier, images).join(''));
}
