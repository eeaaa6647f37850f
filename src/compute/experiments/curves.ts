// Questions 2 and 4: accuracy against ε for one step and for several, with the curves that differ from the main one in
// a single choice.
import { modelPaths } from '../results/files.ts';
import type { Sweep } from '../results/schemas.ts';
import { firstImages, sweepImages } from './digits.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import { sweepListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage, type StageContext } from './stage.ts';
import { runSweep } from './sweep.ts';
import type { SweepOptions } from './sweepSlice.ts';

const shared = {
  entry: import.meta.filename,
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: sweepListings,
} as const;

/** Accuracy against ε for one step. */
export const fgsmCurve = defineStage({
  ...shared,
  name: 'fgsm-curve',
  options: ({ seeds: { testImages }, sweep }) => ({ seeds: { testImages }, sweep: { ...sweep, steps: 1 } }),
  outputs: ['results/fgsm-curve.json'],
  async compute(context) {
    const curves = await sweepWith(context, 1, {
      clipped: {},
      unclipped: { clip: false },
      firstImages: {},
      crossEntropy: { loss: 'crossEntropy' },
    });
    return { 'results/fgsm-curve.json': curves };
  },
});

/** Accuracy against ε for several steps that share the budget. */
export const iterativeCurve = defineStage({
  ...shared,
  name: 'iterative-curve',
  options: ({ seeds: { testImages }, sweep }) => ({ seeds: { testImages }, sweep }),
  outputs: ['results/iterative-curve.json'],
  async compute(context) {
    const curves = await sweepWith(context, context.options.sweep.steps, {
      clipped: {},
      unclipped: { clip: false },
      firstImages: {},
    });
    return { 'results/iterative-curve.json': curves };
  },
});

/** A sweep for each name, with its own choices; `firstImages` is of the first images, the others of the drawn ones. */
async function sweepWith<Name extends string>(
  context: StageContext,
  steps: number,
  choices: Record<Name, Partial<SweepOptions>>,
): Promise<Record<Name, Sweep>> {
  const { options, progress } = context;
  const { images, epsilonCount, epsilonDenominator } = options.sweep;
  const epsilons = epsilonGrid(epsilonCount, epsilonDenominator);
  const network = await readNetwork(context);
  const [drawn, first] = [await sweepImages(options), await firstImages(images)];
  const names = Object.keys(choices) as Name[];
  progress.start(names.length * images * epsilons.length);
  const curves: Partial<Record<Name, Sweep>> = {};
  for (const name of names) {
    curves[name] = await runSweep(context, network, name === 'firstImages' ? first : drawn, {
      epsilons,
      steps,
      clip: true,
      loss: 'margin',
      ...choices[name],
    });
  }
  return curves as Record<Name, Sweep>;
}
