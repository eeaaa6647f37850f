// How tight the curves are: what is left of the images when stronger attacks are tried on those that the others have spared.
import { createGenerator } from '../data/generator.ts';
import { selectDigits } from '../data/mnist.ts';
import { correct } from '../results/curve.ts';
import type { Sweep } from '../results/schemas.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { attackListings, resultStage } from './stage.ts';
import { readInput } from './readInputs.ts';

const names = ['mnist-cnn', 'mnist-cnn-defended'] as const;

/** Both networks at each ε: the images that are still classified correctly after FGSM, its iterative form and each restart of PGD. */
export const worstCase = resultStage({
  name: 'worst-case',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'worstCase'],
  networks: names,
  results: ['fgsm-curve', 'iterative-curve', 'network-curves'],
  listings: [...attackListings, 'src/compute/attacks/pgd.ts'],
  async compute(context, networks) {
    const { epsilons, steps, restarts, seed } = context.options.worstCase;
    const { indices, labels, digits } = await sweepImages(context.options);
    const others = (await readInput(context, 'network-curves')).networks;
    const swept = {
      'mnist-cnn': {
        fgsm: (await readInput(context, 'fgsm-curve')).clipped,
        iterative: (await readInput(context, 'iterative-curve')).clipped,
      },
      'mnist-cnn-defended': others.find(({ name }) => name === names[1])!,
    };
    const seeds = createGenerator(seed);
    context.progress.start(2 * epsilons.length * restarts * digits.count);
    const rows = [];
    for (const [i, name] of names.entries()) {
      for (const epsilon of epsilons) {
        const one = sparedBy(swept[name].fgsm, epsilon);
        const several = sparedBy(swept[name].iterative, epsilon);
        const spared = [one, one.map((bit, image) => bit && several[image]!)];
        for (let restart = 0; restart < restarts; restart++) {
          const before = spared.at(-1)!;
          const places = [...before.keys()].filter((image) => before[image]);
          const attacked = selectDigits(digits, places);
          context.progress.tick(digits.count - attacked.count);
          const attack = { attack: 'pgd', epsilon, steps, seed: seeds.integer(0, 0x3fffffff) } as const;
          const [predicted] = await attackDigits(context, attacked, { network: networks[i]!, ...attack });
          const left = new Set(places.filter((_, at) => predicted![at] === String(attacked.labels[at])));
          spared.push(before.map((_, image) => left.has(image)));
        }
        rows.push({ network: name, epsilon, spared: spared.map((bits) => bits.map(Number).join('')) });
      }
    }
    return { indices, labels, steps, restarts, rows };
  },
});

/** Which images a sweep leaves correct at an ε of its grid. */
function sparedBy({ epsilons, labels, predicted }: Sweep, epsilon: number): boolean[] {
  const at = epsilons.indexOf(epsilon);
  if (at < 0) throw new RangeError(`invalid epsilon: ${epsilon}, expected one of ${epsilons.join(', ')}`);
  return correct(labels, predicted[at]!);
}
