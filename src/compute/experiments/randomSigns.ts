// The same size of step in random directions: how much of the effect is noise.
import { modelPaths } from '../results/files.ts';
import { predictLabels } from '../networks/predict.ts';
import { onDigits, sweepImages, type DigitsArguments } from './digits.ts';
import { randomSigns as moveAtRandom } from './moveAtRandom.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

// Apart from the next report seed by more than there are draws.
const SEED_STRIDE = 1_000;

/** A slice of digits, the budget, and the draw's own seed. */
interface AddRandomSignsArguments extends DigitsArguments {
  epsilon: number;
  seed: number;
}

/** Task: predicted classes after each pixel moved by ε in a random direction, one digit each. */
export function addRandomSigns({ epsilon, seed, ...digits }: AddRandomSignsArguments): string {
  return onDigits(digits, (classifier, images) => {
    const perturbed = moveAtRandom(images, { epsilon, seed });
    const predicted = predictLabels(classifier, perturbed).join('');
    perturbed.dispose();
    return predicted;
  });
}

/** Moves every pixel of the sweep's images by ε in a random direction, draw after draw. */
export const randomSigns = defineStage({
  name: 'random-signs',
  entry: import.meta.filename,
  options: ({ seeds: { testImages, randomSigns: seed }, sweep: { images }, randomSigns: draw }) => ({
    seeds: { testImages, randomSigns: seed },
    sweep: { images },
    randomSigns: draw,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  outputs: ['results/random-signs.json'],
  async compute(context) {
    const { options, run, progress } = context;
    const { epsilons, draws } = options.randomSigns;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start(epsilons.length * draws * digits.count);
    const draw = async (epsilon: number, i: number) => {
      const seed = options.seeds.randomSigns * SEED_STRIDE + i;
      const labels = await run(addRandomSigns, { network, ...digits, epsilon, seed });
      progress.tick(digits.count);
      return labels;
    };
    const predicted = await Promise.all(
      epsilons.map((epsilon) => Promise.all(Array.from({ length: draws }, (_, i) => draw(epsilon, i)))),
    );
    return {
      'results/random-signs.json': { epsilons, indices, labels: digits.labels.join(''), predicted },
    };
  },
});
