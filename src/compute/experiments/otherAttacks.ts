// What other attacks than those of the curves do to the same images: PGD on what the curves spare, attacks computed on one network
// and asked of another, attacks towards a class.
import { createGenerator } from '../data/generator.ts';
import { selectDigits } from '../data/mnist.ts';
import { CLASSES } from '../data/shape.ts';
import { correct } from '../results/curve.ts';
import { networkNames } from '../results/networkNames.ts';
import type { Sweep } from '../results/schemas.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages, testImages } from './digits.ts';
import { attackListings, readInput, resultStage } from './stage.ts';

const trainedAndDefended = ['mnist-cnn', 'mnist-cnn-defended'] as const;

/** Both networks at each ε: the images that are still classified correctly after FGSM, its iterative form and each restart of PGD. */
export const worstCase = resultStage({
  name: 'worst-case',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'worstCase'],
  networks: trainedAndDefended,
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
      'mnist-cnn-defended': others.find(({ name }) => name === trainedAndDefended[1])!,
    };
    const seeds = createGenerator(seed);
    context.progress.start(2 * epsilons.length * restarts * digits.labels.length);
    const rows = [];
    for (const [i, name] of trainedAndDefended.entries()) {
      for (const epsilon of epsilons) {
        const one = sparedBy(swept[name].fgsm, epsilon);
        const several = sparedBy(swept[name].iterative, epsilon);
        const spared = [one, one.map((bit, image) => bit && several[image]!)];
        for (let restart = 0; restart < restarts; restart++) {
          const before = spared.at(-1)!;
          const places = [...before.keys()].filter((image) => before[image]);
          const attacked = selectDigits(digits, places);
          context.progress.tick(digits.labels.length - attacked.labels.length);
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

function sparedBy({ epsilons, labels, predicted }: Sweep, epsilon: number): boolean[] {
  const at = epsilons.indexOf(epsilon);
  if (at < 0) throw new RangeError(`invalid epsilon: ${epsilon}, expected one of ${epsilons.join(', ')}`);
  return correct(labels, predicted[at]!);
}

/** The sweep's images perturbed for each network, at each ε in one step and in several, and what every network says of them. */
export const transfer = resultStage({
  name: 'transfer',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'sweep.steps', 'transfer'],
  networks: networkNames,
  listings: attackListings,
  async compute(context, asked) {
    const { sweep, transfer: own } = context.options;
    const { indices, labels, digits } = await sweepImages(context.options);
    const budgets = own.epsilons.flatMap((epsilon) => [1, sweep.steps].map((steps) => ({ epsilon, steps })));
    context.progress.start(budgets.length * asked.length * digits.labels.length);
    const attacks = await Promise.all(
      budgets.map(async (budget) => ({
        ...budget,
        predicted: await Promise.all(
          asked.map((network) =>
            attackDigits(context, digits, { network, asked, attack: 'iterativeFgsm', ...budget }),
          ),
        ),
      })),
    );
    return { networks: [...networkNames], indices, labels, attacks };
  },
});

/** The first of the sweep's images, at each ε towards each class. */
export const targetClasses = resultStage({
  name: 'target-classes',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'targetClasses'],
  listings: [...attackListings, 'src/compute/attacks/targeted.ts'],
  async compute(context, [network]) {
    const { images, epsilons, steps } = context.options.targetClasses;
    const drawn = await sweepImages(context.options);
    const { indices, labels, digits } = await testImages(drawn.indices.slice(0, images));
    context.progress.start(epsilons.length * CLASSES * indices.length);
    const towards = async (epsilon: number, target: number) => {
      const targets = { ...digits, labels: digits.labels.map(() => target) };
      const [predicted] = await attackDigits(context, targets, {
        network,
        attack: 'targeted',
        epsilon,
        steps,
      });
      return predicted!;
    };
    const predicted = await Promise.all(
      epsilons.map((epsilon) =>
        Promise.all(Array.from({ length: CLASSES }, (_, target) => towards(epsilon, target))),
      ),
    );
    return { epsilons, steps, indices, labels, predicted };
  },
});
