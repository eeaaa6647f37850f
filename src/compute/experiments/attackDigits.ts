// Attacks as the stages ask for them: one digit step by step, or many digits and the classes after the attack alone.
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { pgd } from '../attacks/pgd.ts';
import { targeted } from '../attacks/targeted.ts';
import type { Digits } from '../data/mnist.ts';
import { forward, imageTensor, predict, predictLabels } from '../networks/forward.ts';
import type { Network } from '../networks/layers.ts';
import { signText } from '../signs.ts';
import { attackImage, attackStart } from './attackImage.ts';
import { onDigits, onSlices, type DigitsArguments } from './digits.ts';
import { quantiseTowards } from './quantiseTowards.ts';
import type { Runner } from './stage.ts';

interface AttackDigitArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
  alongEpsilons?: readonly number[];
}

/**
 * Task: one digit under attack, step by step, its x* in bytes, and its prediction at other budgets. The gradient at the image is
 * shared by all budgets.
 */
export function attackDigit({ epsilon, steps, alongEpsilons = [], ...digit }: AttackDigitArguments) {
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
      path: path.map(({ signs, perturbed, ...reading }) => ({
        signs: signText(signs),
        perturbed: Array.from(perturbed),
        ...reading,
      })),
      quantised: { pixels: Array.from(bytes), prediction: prediction! },
      alongEpsilon: alongEpsilons.map((budget) => ({
        epsilon: budget,
        prediction: attack(budget).at(-1)!.prediction,
      })),
    };
  });
}

const attacks = { iterativeFgsm, pgd, targeted };

interface AttackPlan {
  network: Network;
  /** The networks that are asked; the attacked one if left out. */
  asked?: readonly Network[];
  attack: keyof typeof attacks;
  epsilon: number;
  steps: number;
  /** Of PGD's random start. */
  seed?: number;
}

/** Task: what each of the asked networks predicts of a slice after the attack, one digit for each image. */
export function askAfterAttack({
  network,
  images,
  labels,
  asked = [network],
  attack,
  epsilon,
  steps,
  seed = 0,
}: AttackPlan & DigitsArguments): string[] {
  return onDigits({ network, images, labels }, (classifier, x, y) => {
    const perturbed = attacks[attack](classifier, x, y, { epsilon, steps, seed });
    const predicted = asked.map((one) => {
      const model = forward(one);
      const classes = predictLabels(model.classifier, perturbed).join('');
      model.dispose();
      return classes;
    });
    perturbed.dispose();
    return predicted;
  });
}

/** The same of all digits, on all workers: a row of predicted classes for each network that is asked. */
export async function attackDigits(runner: Runner, digits: Digits, { seed = 0, ...plan }: AttackPlan) {
  const ofSlices = await onSlices(runner, digits, (slice, i) =>
    runner.run(askAfterAttack, { ...plan, ...slice, seed: seed + i }),
  );
  return (plan.asked ?? [plan.network]).map((_, i) => ofSlices.map((predicted) => predicted[i]!).join(''));
}
