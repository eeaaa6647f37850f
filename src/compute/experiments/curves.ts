// Questions 2 and 4: accuracy against ε for one step and for several, with the curves that differ from the main one in
// a single choice; the same images at fixed ε: by the number of steps, and into which class each is fooled; and the report's
// questions asked of the other networks.
import type { Network } from '../networks/layers.ts';
import { networkNames } from '../results/networkNames.ts';
import type { Sweep } from '../results/schemas.ts';
import { firstImages, sweepImages, testImages, type IndexedDigits } from './digits.ts';
import { firstCorrect, predictAll } from './evaluate.ts';
import { readInput, resultStage, sweepListings, type StageContext } from './stage.ts';
import { epsilonGrid, runSweep } from './sweep.ts';
import type { SweepOptions } from './sweepSlice.ts';

const shared = { entry: import.meta.filename, listings: sweepListings } as const;
const grid = ['sweep.images', 'sweep.epsilonCount', 'sweep.epsilonDenominator'] as const;

/** Accuracy against ε for one step. */
export const fgsmCurve = resultStage({
  ...shared,
  name: 'fgsm-curve',
  options: ['seeds.testImages', ...grid],
  compute: (context, [network]) =>
    sweepWith(context, network, 1, {
      clipped: {},
      unclipped: { clip: false },
      firstImages: {},
      crossEntropy: { loss: 'crossEntropy' },
    }),
});

/** Accuracy against ε for several steps that share the budget. */
export const iterativeCurve = resultStage({
  ...shared,
  name: 'iterative-curve',
  options: ['seeds.testImages', 'sweep'],
  compute: (context, [network]) =>
    sweepWith(context, network, context.options.sweep.steps, {
      clipped: {},
      unclipped: { clip: false },
      firstImages: {},
    }),
});

/** A sweep for each name, with its own choices; `firstImages` is of the first images, the others of the drawn ones. */
async function sweepWith<Name extends string>(
  context: StageContext,
  network: Network,
  steps: number,
  choices: Record<Name, Partial<SweepOptions>>,
): Promise<Record<Name, Sweep>> {
  const { options, progress } = context;
  const epsilons = epsilonGrid(options.sweep);
  const [drawn, first] = [await sweepImages(options), await firstImages(options.sweep.images)];
  const names = Object.keys(choices) as Name[];
  progress.start(names.length * drawn.digits.labels.length * epsilons.length);
  const curves: Partial<Record<Name, Sweep>> = {};
  for (const name of names) {
    const images = name === 'firstImages' ? first : drawn;
    curves[name] = await runSweep(context, network, images, { epsilons, steps, ...choices[name] });
  }
  return curves as Record<Name, Sweep>;
}

/** Accuracy against the number of steps, at each of the fixed ε. */
export const stepsCurve = resultStage({
  ...shared,
  name: 'steps-curve',
  options: ['seeds.testImages', 'sweep.images', 'stepsCurve'],
  async compute(context, [network]) {
    const { epsilons, steps } = context.options.stepsCurve;
    const drawn = await sweepImages(context.options);
    context.progress.start(drawn.digits.labels.length * epsilons.length * steps.length);
    const sweeps = await Promise.all(
      steps.map((count) => runSweep(context, network, drawn, { epsilons, steps: count })),
    );
    const predicted = epsilons.map((_, i) => sweeps.map((sweep) => sweep.predicted[i]!));
    return { epsilons, steps, indices: drawn.indices, labels: drawn.labels, predicted };
  },
});

/** Into which class several steps at one ε lead each digit. */
export const fooledClasses = resultStage({
  ...shared,
  name: 'fooled-classes',
  options: ['seeds.testImages', 'sweep.images', 'sweep.steps', 'fooledClasses'],
  async compute(context, [network]) {
    const { fooledClasses: own, sweep } = context.options;
    const drawn = await sweepImages(context.options);
    context.progress.start(2 * drawn.digits.labels.length);
    const epsilons = [0, own.epsilon];
    const { predicted } = await runSweep(context, network, drawn, { epsilons, steps: sweep.steps });
    const [clean, attacked] = predicted as [string, string];
    const { indices, labels } = drawn;
    return { epsilon: own.epsilon, steps: sweep.steps, indices, labels, clean, predicted: attacked };
  },
});

const otherNetworks = networkNames.slice(1);

/** Both curves of each network on the images of the first one's, its predictions of the test set, and of question 1's image. */
export const networkCurves = resultStage({
  ...shared,
  name: 'network-curves',
  options: [
    ...(['seeds.testImages', 'evaluation', 'sweep', 'networkCurves'] as const),
    ...(['example.label', 'example.epsilon'] as const),
  ],
  networks: otherNetworks,
  results: ['evaluation'],
  async compute(context, networks) {
    const { sweep, networkCurves: own, evaluation, example } = context.options;
    const { label, epsilon } = example;
    const grid = epsilonGrid({ ...sweep, ...own });
    const drawn = await sweepImages(context.options);
    const { labels, digits } = await firstImages(evaluation.images);
    const index = firstCorrect(await readInput(context, 'evaluation'), label);
    const one = await testImages([index]);
    context.progress.start(
      otherNetworks.length * (2 * (sweep.images * grid.length + 1) + digits.labels.length),
    );
    const summaries = await Promise.all(
      networks.map(async (network, i) => {
        const attacked = (images: IndexedDigits, epsilons: readonly number[], steps: number) =>
          runSweep(context, network, images, { epsilons, steps });
        const become = async (steps: number) => Number((await attacked(one, [epsilon], steps)).predicted[0]);
        return {
          name: otherNetworks[i]!,
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
