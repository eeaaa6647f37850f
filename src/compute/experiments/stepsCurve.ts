// Accuracy against the number of steps at a fixed budget.
import { modelPaths } from '../results/files.ts';
import { sweepImages } from './digits.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';
import { runSweep } from './sweep.ts';

/** Attacks the sweep's images with each number of steps at each budget. */
export const stepsCurve = defineStage({
  name: 'steps-curve',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images }, stepsCurve: curve }) => ({
    seeds: { testImages },
    sweep: { images },
    stepsCurve: curve,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: sweepListings,
  outputs: ['results/steps-curve.json'],
  async compute(context) {
    const { epsilons, steps } = context.options.stepsCurve;
    const network = await readNetwork(context);
    const drawn = await sweepImages(context.options);
    context.progress.start(drawn.digits.count * epsilons.length * steps.length);
    const sweeps = await Promise.all(
      steps.map((count) =>
        runSweep(context, network, drawn, { epsilons, steps: count, clip: true, loss: 'margin' }),
      ),
    );
    return {
      'results/steps-curve.json': {
        epsilons,
        steps,
        indices: drawn.indices,
        labels: drawn.digits.labels.join(''),
        predicted: epsilons.map((_, i) => sweeps.map(({ predicted }) => predicted[i]!)),
      },
    };
  },
});
