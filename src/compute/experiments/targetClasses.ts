// Targeted attacks: each image towards each of the ten classes.
import { CLASSES } from '../data/shape.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages, testImages } from './digits.ts';
import { attackListings, resultStage } from './stage.ts';

/** The first of the sweep's images, at each ε towards each class. */
export const targetClasses = resultStage({
  name: 'target-classes',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'targetClasses'],
  listings: [...attackListings, 'src/compute/attacks/targeted.ts'],
  async compute(context, [network]) {
    const { images, epsilons, steps } = context.options.targetClasses;
    const drawn = await sweepImages(context.options);
    const { indices, labels, digits } = await testImages(drawn.indices.slice(0, images));
    context.progress.start(epsilons.length * CLASSES * indices.length);
    const towards = async (epsilon: number, target: number) => {
      const targets = { ...digits, labels: digits.labels.map(() => target) };
      const [predicted] = await attackDigits(context, targets, {
        network,
        attack: 'targeted',
        epsilon,
        steps,
      });
      return predicted!;
    };
    const predicted = await Promise.all(
      epsilons.map((epsilon) =>
        Promise.all(Array.from({ length: CLASSES }, (_, target) => towards(epsilon, target))),
      ),
    );
    return { epsilons, steps, indices, labels, predicted };
  },
});
