// Targeted attacks: each image towards each of the ten classes.
import { selectDigits } from '../data/mnist.ts';
import { CLASSES } from '../data/shape.ts';
import { modelPaths } from '../results/files.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

/** The first of the sweep's images, at each ε towards each class. */
export const targetClasses = defineStage({
  name: 'target-classes',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images }, targetClasses: own }) => ({
    seeds: { testImages },
    sweep: { images },
    targetClasses: own,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: [...attackListings, 'src/compute/attacks/targeted.ts'],
  outputs: ['results/target-classes.json'],
  async compute(context) {
    const { images, epsilons, steps } = context.options.targetClasses;
    const network = await readNetwork(context);
    const drawn = await sweepImages(context.options);
    const indices = drawn.indices.slice(0, images);
    const digits = selectDigits(drawn.digits, [...indices.keys()]);
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
    return {
      'results/target-classes.json': {
        epsilons,
        steps,
        indices,
        labels: digits.labels.join(''),
        predicted,
      },
    };
  },
});
