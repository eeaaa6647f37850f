// The same size of step in random directions: how much of the effect is noise.
import * as tf from '@tensorflow/tfjs-core';
import { checkEpsilon } from '../attacks/checks.ts';
import { createGenerator } from '../data/generator.ts';
import { predictLabels } from '../networks/forward.ts';
import { onDigits, sweepImages, type DigitsArguments } from './digits.ts';
import { resultStage } from './stage.ts';

// Apart from the next report seed by more than there are draws.
const SEED_STRIDE = 1_000;

/**
 * A random direction, −1 or 1 for each pixel.
 *
 * @param images `[batch, 28, 28, 1]`
 * @returns of the same shape
 * @throws if the seed is not a non-negative 32-bit integer
 */
export function drawSigns(images: tf.Tensor4D, seed: number): tf.Tensor4D {
  const generator = createGenerator(seed);
  const signs = Float32Array.from({ length: images.size }, () => 2 * generator.integer(0, 1) - 1);
  return tf.tensor4d(signs, images.shape);
}

/**
 * Moves each pixel by ε along its sign, and clips it to [0, 1] as the attacks do: what the size of the step does alone.
 *
 * @param images `[batch, 28, 28, 1]`, in [0, 1]
 * @param signs of the same shape
 * @throws if ε is not in [0, 1]
 */
export function moveAlong(
  images: tf.Tensor4D,
  signs: tf.Tensor4D,
  { epsilon, clip = true }: { epsilon: number; clip?: boolean },
): tf.Tensor4D {
  checkEpsilon(epsilon);
  return tf.tidy(() => {
    const moved = images.add<tf.Tensor4D>(signs.mul(epsilon));
    return clip ? tf.clipByValue(moved, 0, 1) : moved;
  });
}

interface AddRandomSignsArguments extends DigitsArguments {
  epsilons: readonly number[];
  seed: number;
}

/** Task: predicted classes, one digit each, after each pixel moved by each ε in one random direction, clipped and not. */
export function addRandomSigns({ epsilons, seed, ...digits }: AddRandomSignsArguments) {
  return onDigits(digits, (classifier, images) =>
    tf.tidy(() => {
      const signs = drawSigns(images, seed);
      const predictedAt = (clip: boolean) =>
        epsilons.map((epsilon) =>
          predictLabels(classifier, moveAlong(images, signs, { epsilon, clip })).join(''),
        );
      return { predicted: predictedAt(true), unclipped: predictedAt(false) };
    }),
  );
}

/** Moves every pixel of the sweep's images by ε in a random direction, draw after draw, with the clip and without. */
export const randomSigns = resultStage({
  name: 'random-signs',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'seeds.randomSigns', 'sweep.images', 'randomSigns'],
  async compute({ options, run, progress }, [network]) {
    const { epsilons, draws } = options.randomSigns;
    const { indices, labels, digits } = await sweepImages(options);
    progress.start(draws * digits.labels.length);
    const drawn = await Promise.all(
      Array.from({ length: draws }, async (_, i) => {
        const seed = options.seeds.randomSigns * SEED_STRIDE + i;
        const classes = await run(addRandomSigns, { network, ...digits, epsilons, seed });
        progress.tick(digits.labels.length);
        return classes;
      }),
    );
    const byEpsilon = (name: 'predicted' | 'unclipped') =>
      epsilons.map((_, at) => drawn.map((classes) => classes[name][at]!));
    return {
      epsilons,
      indices,
      labels,
      predicted: byEpsilon('predicted'),
      unclipped: byEpsilon('unclipped'),
    };
  },
});
