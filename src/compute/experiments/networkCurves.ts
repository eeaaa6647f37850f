// The report's questions, asked of the other networks.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { modelPathsOf, resultPath } from '../results/files.ts';
import { networkNames } from '../results/networkNames.ts';
import { firstImages, sweepImages, type IndexedDigits } from './digits.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import { predictAll } from './evaluate.ts';
import { sweepListings } from './listings.ts';
import { firstCorrect, readEvaluation, readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';
import { runSweep } from './sweep.ts';

const names = networkNames.slice(1);

/** Both curves of each network on the images of the first one's, its predictions of the test set, and of question 1's image. */
export const networkCurves = defineStage({
  name: 'network-curves',
  entry: import.meta.filename,
  options: ({
    seeds: { testImages },
    evaluation,
    sweep,
    networkCurves: own,
    example: { label, epsilon },
  }) => ({
    seeds: { testImages },
    evaluation,
    sweep,
    networkCurves: own,
    example: { label, epsilon },
  }),
  inputs: [...names.flatMap((name) => Object.values(modelPathsOf(name))), resultPath('evaluation')],
  data: 'test',
  listings: sweepListings,
  outputs: ['results/network-curves.json'],
  async compute(context) {
    const { sweep, networkCurves: own, example } = context.options;
    const { label, epsilon } = example;
    const grid = epsilonGrid(own.epsilonCount, sweep.epsilonDenominator);
    const drawn = await sweepImages(context.options);
    const { digits } = await firstImages(context.options.evaluation.images);
    const index = firstCorrect(await readEvaluation(context), label);
    const one = { indices: [index], digits: selectDigits(await loadMnist('test'), [index]) };
    context.progress.start(names.length * (2 * (sweep.images * grid.length + 1) + digits.count));
    const networks = await Promise.all(
      names.map(async (name) => {
        const network = await readNetwork(context, name);
        const attacked = (images: IndexedDigits, epsilons: readonly number[], steps: number) =>
          runSweep(context, network, images, { epsilons, steps, clip: true, loss: 'margin' });
        const become = async (steps: number) => Number((await attacked(one, [epsilon], steps)).predicted[0]);
        return {
          name,
          predicted: await predictAll(context, network, digits),
          example: { fgsm: await become(1), iterative: await become(sweep.steps) },
          fgsm: await attacked(drawn, grid, 1),
          iterative: await attacked(drawn, grid, sweep.steps),
        };
      }),
    );
    return {
      'results/network-curves.json': { index, label, epsilon, labels: digits.labels.join(''), networks },
    };
  },
});
