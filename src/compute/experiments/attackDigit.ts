import * as tf from '@tensorflow/tfjs-core';
import { inputGradient } from '../attacks/inputGradient.ts';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import type { Example } from '../results/schemas.ts';
import { predict } from '../statistics.ts';
import { attackImage, type AttackedImage } from './attackImage.ts';
import { onDigits, type DigitsArguments } from './digits.ts';

/** One digit, the attack, and the other budgets at which it is looked at. */
interface AttackDigitArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
  alongEpsilons?: readonly number[];
}

/** One digit under attack, step by step, and its prediction at other budgets. */
type AttackedDigit = AttackedImage & Pick<Example, 'alongEpsilon'>;

/** Task: attacks one digit; the gradient at the image is shared by all budgets. */
export function attackDigit({
  epsilon,
  steps,
  alongEpsilons = [],
  ...digit
}: AttackDigitArguments): AttackedDigit {
  return onDigits(digit, (classifier, image, label) => {
    const gradient = inputGradient(classifier, image, label);
    const alongEpsilon = alongEpsilons.map((other) => {
      const perturbed = iterativeFgsm(classifier, image, label, { epsilon: other, steps, gradient });
      const prediction = predict(classifier, perturbed)[0]!;
      tf.dispose(perturbed);
      return { epsilon: other, prediction };
    });
    gradient.dispose();
    return { ...attackImage(classifier, digit.images, digit.labels[0]!, { epsilon, steps }), alongEpsilon };
  });
}
