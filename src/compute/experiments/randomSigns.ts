// The same size of step in random directions: how much of the effect is noise.
import * as tf from '@tensorflow/tfjs-core';
import { checkEpsilon } from '../attacks/checks.ts';
import { createGenerator } from '../data/generator.ts';
import { predictLabels } from '../networks/predict.ts';
import { onDigits, sweepImages, type DigitsArguments } from './digits.ts';
import { resultStage } from './stage.ts';

// Apart from the next report seed by more than there are draws.
const SEED_STRIDE = 1_000;

/**
 * Moves each pixel by ε up or down at random, and clips it to [0, 1] as the attacks do: what the size of the step does alone.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @returns `[batch, 28, 28, 1]`
 * @throws if the seed is not a non-negative 32-bit integer, or ε not in [0, 1]
 */
export function moveAtRandom(
  images: tf.Tensor4D,
  { epsilon, seed, clip = true }: { epsilon: number; seed: number; clip?: boolean },
): tf.Tensor4D {
  checkEpsilon(epsilon);
  const generator = createGenerator(seed);
  const signs = Float32Array.from({ length: images.size }, () => 2 * generator.integer(0, 1) - 1);
  return tf.tidy(() => {
    const moved = images.add<tf.Tensor4D>(tf.tensor4d(signs, images.shape).mul(epsilon));
    return clip ? tf.clipByValue(moved, 0, 1) : moved;
  });
}

/** A slice of digits, the budget, the draw's own seed, and whether pixels stay in [0, 1]. */
interface AddRandomSignsArguments extends DigitsArguments {
  epsilon: number;
  seed: number;
  clip: boolean;
}

/** Task: predicted classes after each pixel moved by ε in a random direction, one digit each. */
export function addRandomSigns({ epsilon, seed, clip, ...digits }: AddRandomSignsArguments): string {
  return onDigits(digits, (classifier, images) => {
    const perturbed = moveAtRandom(images, { epsilon, seed, clip });
    const predicted = predictLabels(classifier, perturbed).join('');
    perturbed.dispose();
    return predicted;
  });
}

/** Moves every pixel of the sweep's images by ε in a random direction, draw after draw, with the clip and without. */
export const randomSigns = resultStage({
  name: 'random-signs',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'seeds.randomSigns', 'sweep.images', 'randomSigns'],
  async compute({ options, run, progress }, [network]) {
    const { epsilons, draws } = options.randomSigns;
    const { indices, labels, digits } = await sweepImages(options);
    progress.start(2 * epsilons.length * draws * digits.count);
    const draw = async (epsilon: number, clip: boolean, i: number) => {
      const seed = options.seeds.randomSigns * SEED_STRIDE + i;
      const classes = await run(addRandomSigns, { network, ...digits, epsilon, seed, clip });
      progress.tick(digits.count);
      return classes;
    };
    const drawn = (clip: boolean) =>
      Promise.all(
        epsilons.map((epsilon) =>
          Promise.all(Array.from({ length: draws }, (_, i) => draw(epsilon, clip, i))),
        ),
      );
    return { epsilons, indices, labels, predicted: await drawn(true), unclipped: await drawn(false) };
  },
});
