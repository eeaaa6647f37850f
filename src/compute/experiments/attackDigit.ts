import { imageTensor } from '../networks/forward.ts';
import { predict } from '../networks/predict.ts';
import type { Example } from '../results/schemas.ts';
import { signText } from '../signs.ts';
import { attackImage, attackStart } from './attackImage.ts';
import { onDigits, type DigitsArguments } from './digits.ts';
import { quantiseTowards } from './quantiseTowards.ts';

/** One digit, the attack, and the other budgets at which it is looked at. */
interface AttackDigitArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
  alongEpsilons?: readonly number[];
}

/** One digit under attack, step by step, its x* in bytes, and its prediction at other budgets. */
type AttackedDigit = Pick<Example, 'original' | 'path' | 'quantised' | 'alongEpsilon'>;

/** Task: attacks one digit; the gradient at the image is shared by all budgets. */
export function attackDigit({
  epsilon,
  steps,
  alongEpsilons = [],
  ...digit
}: AttackDigitArguments): AttackedDigit {
  return onDigits(digit, (classifier, image) => {
    const start = attackStart(classifier, digit.images, digit.labels[0]);
    const attack = (budget: number) =>
      attackImage(classifier, digit.images, start, { epsilon: budget, steps }).path;
    const path = attack(epsilon);
    const pixels = image.dataSync();
    const bytes = quantiseTowards(path.at(-1)!.perturbed, pixels);
    const rounded = imageTensor(bytes);
    const [prediction] = predict(classifier, rounded);
    rounded.dispose();
    return {
      original: { image: Array.from(pixels), ...start.original },
      path: path.map((step) => ({
        signs: signText(step.signs),
        perturbed: Array.from(step.perturbed),
        prediction: step.prediction,
        loss: step.loss,
      })),
      quantised: { pixels: Array.from(bytes), prediction: prediction! },
      alongEpsilon: alongEpsilons.map((budget) => ({
        epsilon: budget,
        prediction: attack(budget).at(-1)!.prediction,
      })),
    };
  });
}
