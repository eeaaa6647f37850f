// How tight the curves are: what is left of the images when stronger attacks are tried on those that the others have spared.
import { createGenerator } from '../data/generator.ts';
import { selectDigits } from '../data/mnist.ts';
import { correct } from '../results/curve.ts';
import { modelPaths, modelPathsOf, resultPath } from '../results/files.ts';
import type { Sweep } from '../results/schemas.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { attackListings } from './listings.ts';
import { readInput, readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

const defended = 'mnist-cnn-defended';

/** Both networks at each ε: the images that are still classified correctly after FGSM, its iterative form and each restart of PGD. */
export const worstCase = defineStage({
  name: 'worst-case',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images }, worstCase: own }) => ({
    seeds: { testImages },
    sweep: { images },
    worstCase: own,
  }),
  inputs: [
    ...Object.values(modelPaths),
    ...Object.values(modelPathsOf(defended)),
    resultPath('fgsm-curve'),
    resultPath('iterative-curve'),
    resultPath('network-curves'),
  ],
  data: 'test',
  listings: [...attackListings, 'src/compute/attacks/pgd.ts'],
  outputs: ['results/worst-case.json'],
  async compute(context) {
    const { epsilons, steps, restarts, seed } = context.options.worstCase;
    const { indices, digits } = await sweepImages(context.options);
    const { networks } = await readInput(context, 'network-curves');
    const ofDefended = networks.find(({ name }) => name === defended)!;
    const swept = {
      'mnist-cnn': {
        fgsm: (await readInput(context, 'fgsm-curve')).clipped,
        iterative: (await readInput(context, 'iterative-curve')).clipped,
      },
      [defended]: ofDefended,
    } as const;
    const seeds = createGenerator(seed);
    context.progress.start(2 * epsilons.length * restarts * digits.count);
    const rows = [];
    for (const name of ['mnist-cnn', defended] as const) {
      const network = await readNetwork(context, name);
      for (const epsilon of epsilons) {
        const one = sparedBy(swept[name].fgsm, epsilon);
        const several = sparedBy(swept[name].iterative, epsilon);
        const spared = [one, one.map((bit, i) => bit && several[i]!)];
        for (let restart = 0; restart < restarts; restart++) {
          const before = spared.at(-1)!;
          const places = [...before.keys()].filter((i) => before[i]);
          const attacked = selectDigits(digits, places);
          context.progress.tick(digits.count - attacked.count);
          const attack = { attack: 'pgd', epsilon, steps, seed: seeds.integer(0, 0x3fffffff) } as const;
          const [predicted] = await attackDigits(context, attacked, { network, ...attack });
          const left = new Set(places.filter((_, i) => predicted![i] === String(attacked.labels[i])));
          spared.push(before.map((_, i) => left.has(i)));
        }
        rows.push({
          network: name,
          epsilon,
          spared: spared.map((bits) => bits.map(Number).join('')),
        });
      }
    }
    return { 'results/worst-case.json': { indices, labels: digits.labels.join(''), steps, restarts, rows } };
  },
});

/** Which images a sweep leaves correct at an ε of its grid. */
function sparedBy({ epsilons, labels, predicted }: Sweep, epsilon: number): boolean[] {
  const at = epsilons.indexOf(epsilon);
  if (at < 0) throw new RangeError(`invalid epsilon: ${epsilon}, expected one of ${epsilons.join(', ')}`);
  return correct(labels, predicted[at]!);
}
