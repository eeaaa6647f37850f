// Accuracy against the number of steps at a fixed budget.
import { modelPaths, resultPath } from '../results/files.ts';
import { stepsCurveSchema } from '../results/schema/stepsCurve.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readNetwork.ts';
import { runSweep } from './runSweep.ts';
import { sweepImages } from './sweepImages.ts';

/** Attacks the sweep's images with each number of steps at each budget. */
export const stepsCurve: Stage = {
  name: 'steps-curve',
  entry: import.meta.filename,
  tasks: ['sweepDigits'],
  options: ({ seeds: { testImages }, sweep: { images }, stepsCurve: curve }) => ({
    seeds: { testImages },
    sweep: { images },
    stepsCurve: curve,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  listings: sweepListings,
  outputs: [resultPath('steps-curve')],
  async run(context) {
    const { options, output, progress, provenance } = context;
    const { epsilons, steps } = options.stepsCurve;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start('steps-curve', digits.count * epsilons.length * steps.length, 'images');
    const sweeps = await Promise.all(
      steps.map((count) =>
        runSweep(context, network, digits, indices, { epsilons, steps: count, clip: true, loss: 'margin' }),
      ),
    );
    progress.done();
    await writeResult(output(resultPath('steps-curve')), stepsCurveSchema, {
      provenance,
      epsilons,
      steps,
      indices,
      labels: digits.labels.join(''),
      predicted: epsilons.map((_, i) => sweeps.map(({ predicted }) => predicted[i]!)),
    });
  },
};
