// The report's questions, asked of the other networks.
import { networkNames } from '../results/networkNames.ts';
import { firstImages, sweepImages, testImages, type IndexedDigits } from './digits.ts';
import { predictAll } from './evaluate.ts';
import { resultStage, sweepListings } from './stage.ts';
import { firstCorrect, readInput } from './readInputs.ts';
import { epsilonGrid, runSweep } from './sweep.ts';

const names = networkNames.slice(1);

/** Both curves of each network on the images of the first one's, its predictions of the test set, and of question 1's image. */
export const networkCurves = resultStage({
  name: 'network-curves',
  entry: import.meta.filename,
  options: [
    ...(['seeds.testImages', 'evaluation', 'sweep', 'networkCurves'] as const),
    ...(['example.label', 'example.epsilon'] as const),
  ],
  networks: names,
  results: ['evaluation'],
  listings: sweepListings,
  async compute(context, networks) {
    const { sweep, networkCurves: own, evaluation, example } = context.options;
    const { label, epsilon } = example;
    const grid = epsilonGrid({ ...sweep, ...own });
    const drawn = await sweepImages(context.options);
    const { labels, digits } = await firstImages(evaluation.images);
    const index = firstCorrect(await readInput(context, 'evaluation'), label);
    const one = await testImages([index]);
    context.progress.start(names.length * (2 * (sweep.images * grid.length + 1) + digits.count));
    const summaries = await Promise.all(
      networks.map(async (network, i) => {
        const attacked = (images: IndexedDigits, epsilons: readonly number[], steps: number) =>
          runSweep(context, network, images, { epsilons, steps });
        const become = async (steps: number) => Number((await attacked(one, [epsilon], steps)).predicted[0]);
        return {
          name: names[i]!,
          predicted: await predictAll(context, network, digits),
          example: { fgsm: await become(1), iterative: await become(sweep.steps) },
          fgsm: await attacked(drawn, grid, 1),
          iterative: await attacked(drawn, grid, sweep.steps),
        };
      }),
    );
    return { index, label, epsilon, labels, networks: summaries };
  },
});
