// Into which class each digit is fooled at one ε.
import { modelPaths } from '../results/files.ts';
import { sweepImages } from './digits.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';
import { runSweep } from './sweep.ts';

/** Attacks the sweep's images with iterative FGSM at one ε. */
export const fooledClasses = defineStage({
  name: 'fooled-classes',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images, steps }, fooledClasses: { epsilon } }) => ({
    seeds: { testImages },
    sweep: { images, steps },
    fooledClasses: { epsilon },
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: sweepListings,
  outputs: ['results/fooled-classes.json'],
  async compute(context) {
    const { epsilon } = context.options.fooledClasses;
    const { steps } = context.options.sweep;
    const network = await readNetwork(context);
    const drawn = await sweepImages(context.options);
    context.progress.start(2 * drawn.digits.count);
    const { indices, labels, predicted } = await runSweep(context, network, drawn, {
      epsilons: [0, epsilon],
      steps,
      clip: true,
      loss: 'margin',
    });
    const [clean, attacked] = predicted;
    return {
      'results/fooled-classes.json': {
        epsilon,
        steps,
        indices,
        labels,
        clean: clean!,
        predicted: attacked!,
      },
    };
  },
});
