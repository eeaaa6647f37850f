// Into which class each digit is fooled at one ε.
import { modelPaths, resultPath } from '../results/files.ts';
import { fooledClassesSchema } from '../results/schema/fooledClasses.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readNetwork.ts';
import { runSweep } from './runSweep.ts';
import { sweepImages } from './sweepImages.ts';

/** Attacks the sweep's images with iterative FGSM at one ε. */
export const fooledClasses: Stage = {
  name: 'fooled-classes',
  entry: import.meta.filename,
  tasks: ['sweepDigits'],
  options: ({ seeds: { testImages }, sweep: { images, steps }, fooledClasses: { epsilon } }) => ({
    seeds: { testImages },
    sweep: { images, steps },
    fooledClasses: { epsilon },
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  listings: sweepListings,
  outputs: [resultPath('fooled-classes')],
  async run(context) {
    const { options, output, progress, provenance } = context;
    const { epsilon } = options.fooledClasses;
    const { steps } = options.sweep;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start('fooled-classes', 2 * digits.count, 'images');
    const { predicted, labels } = await runSweep(context, network, digits, indices, {
      epsilons: [0, epsilon],
      steps,
      clip: true,
      loss: 'margin',
    });
    progress.done();
    await writeResult(output(resultPath('fooled-classes')), fooledClassesSchema, {
      provenance,
      epsilon,
      steps,
      indices,
      labels,
      clean: predicted[0]!,
      predicted: predicted[1]!,
    });
  },
};
