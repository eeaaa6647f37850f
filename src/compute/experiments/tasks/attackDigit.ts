import { attackImage, type AttackedImage } from '../attackImage.ts';
import { predict, type Prediction } from '../../statistics.ts';
import * as tf from '@tensorflow/tfjs-core';
import { inputGradient } from '../../attacks/inputGradient.ts';
import { iterativeFgsm } from '../../attacks/iterativeFgsm.ts';
import { onDigits, type DigitsArguments } from './onDigits.ts';

/** One digit, the attack, and the other budgets at which it is looked at. */
export interface AttackDigitArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
  alongEpsilons: readonly number[];
}

/** One digit under attack, step by step, and its prediction at other budgets. */
export interface AttackedDigit extends AttackedImage {
  alongEpsilon: { epsilon: number; prediction: Prediction }[];
}

/** Attacks one digit; the gradient at the image is shared by all budgets. */
export function attackDigit({
  epsilon,
  steps,
  alongEpsilons,
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
