// The report's questions, asked of the other networks.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { modelPathsOf, resultPath } from '../results/files.ts';
import { networkNames } from '../results/networkNames.ts';
import { firstImages, slices, sweepImages } from './digits.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import { predictDigits } from './evaluate.ts';
import { sweepListings } from './listings.ts';
import { firstCorrect, readEvaluation, readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';
import { runSweep } from './sweep.ts';

const names = networkNames.slice(1);

/** Both curves of each network on the images of the first one's, its predictions of the test set, and of question 1's image. */
export const networkCurves = defineStage({
  name: 'network-curves',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, evaluation, sweep, example: { label, epsilon } }) => ({
    seeds: { testImages },
    evaluation,
    sweep,
    example: { label, epsilon },
  }),
  inputs: [...names.flatMap((name) => Object.values(modelPathsOf(name))), resultPath('evaluation')],
  data: 'test',
  listings: sweepListings,
  outputs: ['results/network-curves.json'],
  async compute(context) {
    const { options, run, progress } = context;
    const { images, epsilonCount, epsilonDenominator, steps } = options.sweep;
    const { label, epsilon } = options.example;
    const grid = {
      clip: true,
      loss: 'margin',
      epsilons: epsilonGrid(epsilonCount, epsilonDenominator),
    } as const;
    const drawn = await sweepImages(options);
    const { digits } = await firstImages(options.evaluation.images);
    const index = firstCorrect(await readEvaluation(context), label);
    const example = { indices: [index], digits: selectDigits(await loadMnist('test'), [index]) };
    progress.start(names.length * (2 * (images * grid.epsilons.length + 2) + digits.count));
    const networks = await Promise.all(
      names.map(async (name) => {
        const network = await readNetwork(context, name);
        const predicted = await Promise.all(
          slices(digits).map(async (slice) => {
            const classes = await run(predictDigits, { network, ...slice });
            progress.tick(classes.length);
            return classes;
          }),
        );
        const asked = await Promise.all(
          [1, steps].map((k) =>
            runSweep(context, network, example, { ...grid, epsilons: [0, epsilon], steps: k }),
          ),
        );
        const [fgsm, iterative] = await Promise.all(
          [1, steps].map((k) => runSweep(context, network, drawn, { ...grid, steps: k })),
        );
        return {
          name,
          predicted: predicted.join(''),
          example: {
            clean: Number(asked[0]!.predicted[0]),
            fgsm: Number(asked[0]!.predicted[1]),
            iterative: Number(asked[1]!.predicted[1]),
          },
          fgsm: fgsm!,
          iterative: iterative!,
        };
      }),
    );
    return {
      'results/network-curves.json': { index, label, epsilon, labels: digits.labels.join(''), networks },
    };
  },
});
