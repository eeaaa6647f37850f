// Questions 2 and 4: accuracy against ε for one step and for several, with the curves that differ
// from the main one in a single choice.
import { modelPaths, resultPath } from '../results/files.ts';
import { fgsmCurveSchema, iterativeCurveSchema } from '../results/schema/sweep.ts';
import { writeResult } from '../results/writeResult.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import type { SweepOptions } from './sweepSlice.ts';
import type { Stage, StageContext } from '../build/stage.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readNetwork.ts';
import { runSweep } from './runSweep.ts';
import { firstImages, sweepImages, type IndexedDigits } from './sweepImages.ts';

const shared = {
  entry: import.meta.filename,
  tasks: ['sweepDigits'],
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  listings: sweepListings,
} as const;

/** Accuracy against ε for one step. */
export const fgsmCurve: Stage = {
  ...shared,
  name: 'fgsm-curve',
  options: ({ seeds: { testImages }, sweep }) => ({ seeds: { testImages }, sweep: { ...sweep, steps: 1 } }),
  outputs: [resultPath('fgsm-curve')],
  async run(context) {
    const { run, provenance, seeded, first } = await prepare(context, 'fgsm-curve', 1, 4);
    await writeResult(context.output(resultPath('fgsm-curve')), fgsmCurveSchema, {
      provenance,
      clipped: await run(seeded),
      unclipped: await run(seeded, { clip: false }),
      firstImages: await run(first),
      crossEntropy: await run(seeded, { loss: 'crossEntropy' }),
    });
    context.progress.done();
  },
};

/** Accuracy against ε for several steps that share the budget. */
export const iterativeCurve: Stage = {
  ...shared,
  name: 'iterative-curve',
  options: ({ seeds: { testImages }, sweep }) => ({ seeds: { testImages }, sweep }),
  outputs: [resultPath('iterative-curve')],
  async run(context) {
    const { run, provenance, seeded, first } = await prepare(
      context,
      'iterative-curve',
      context.options.sweep.steps,
      3,
    );
    await writeResult(context.output(resultPath('iterative-curve')), iterativeCurveSchema, {
      provenance,
      clipped: await run(seeded),
      unclipped: await run(seeded, { clip: false }),
      firstImages: await run(first),
    });
    context.progress.done();
  },
};

async function prepare(context: StageContext, name: string, steps: number, curves: number) {
  const { options, progress } = context;
  const network = await readNetwork(context);
  const epsilons = epsilonGrid(options.sweep.epsilonCount, options.sweep.epsilonDenominator);
  progress.start(name, curves * options.sweep.images * epsilons.length, 'images');
  return {
    seeded: await sweepImages(options),
    first: await firstImages(options),
    provenance: context.provenance,
    run: ({ indices, digits }: IndexedDigits, other: Partial<SweepOptions> = {}) =>
      runSweep(context, network, digits, indices, { epsilons, steps, clip: true, loss: 'margin', ...other }),
  };
}
