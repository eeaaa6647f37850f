// Targeted attacks: each image towards each of the ten classes.
import { targeted } from '../attacks/targeted.ts';
import { selectDigits } from '../data/mnist.ts';
import { CLASSES } from '../data/shape.ts';
import { predictLabels } from '../networks/predict.ts';
import { modelPaths } from '../results/files.ts';
import { onDigits, slices, sweepImages, type DigitsArguments } from './digits.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

/** A slice of digits, with the class that each is to be taken for in place of its label. */
interface AttackTowardsArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
}

/** Task: predicted classes of a slice after the targeted attack, one digit each. */
export function attackTowards({ epsilon, steps, ...digits }: AttackTowardsArguments): string {
  return onDigits(digits, (classifier, images, targets) => {
    const perturbed = targeted(classifier, images, targets, { epsilon, steps });
    const predicted = predictLabels(classifier, perturbed).join('');
    perturbed.dispose();
    return predicted;
  });
}

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
    const { options, run, progress } = context;
    const { images, epsilons, steps } = options.targetClasses;
    const network = await readNetwork(context);
    const drawn = await sweepImages(options);
    const indices = drawn.indices.slice(0, images);
    const digits = selectDigits(drawn.digits, indices.keys().toArray());
    const classes = Array.from({ length: CLASSES }, (_, target) => target);
    progress.start(epsilons.length * classes.length * indices.length);
    const towards = async (epsilon: number, target: number) => {
      const ofSlices = await Promise.all(
        slices({ ...digits, labels: digits.labels.map(() => target) }).map((slice) =>
          run(attackTowards, { network, ...slice, epsilon, steps }),
        ),
      );
      progress.tick(indices.length);
      return ofSlices.join('');
    };
    return {
      'results/target-classes.json': {
        epsilons,
        steps,
        indices,
        labels: digits.labels.join(''),
        predicted: await Promise.all(
          epsilons.map((epsilon) => Promise.all(classes.map((target) => towards(epsilon, target)))),
        ),
      },
    };
  },
});
