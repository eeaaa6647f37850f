// One attack on many digits, for the results that ask for the classes after it alone.
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { pgd } from '../attacks/pgd.ts';
import { targeted } from '../attacks/targeted.ts';
import type { Digits } from '../data/mnist.ts';
import { forward } from '../networks/forward.ts';
import type { Network } from '../networks/layers.ts';
import { predictLabels } from '../networks/predict.ts';
import { onDigits, slices, type DigitsArguments } from './digits.ts';
import type { StageContext } from './stage.ts';

const attacks = { iterativeFgsm, pgd, targeted };

/** An attack, where it is computed and who is asked afterwards. */
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
export async function attackDigits(
  { run, progress }: Pick<StageContext, 'run' | 'progress'>,
  digits: Digits,
  { seed = 0, ...plan }: AttackPlan,
): Promise<string[]> {
  const ofSlices = await Promise.all(
    slices(digits).map(async (slice, i) => {
      const predicted = await run(askAfterAttack, { ...plan, ...slice, seed: seed + i });
      progress.tick(slice.labels.length);
      return predicted;
    }),
  );
  return (plan.asked ?? [plan.network]).map((_, i) => ofSlices.map((predicted) => predicted[i]!).join(''));
}
