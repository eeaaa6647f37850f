// How tight the curves are: what is left of the images when stronger attacks are tried on those that the others have spared.
import { pgd } from '../attacks/pgd.ts';
import { createGenerator } from '../data/generator.ts';
import { selectDigits, type Digits } from '../data/mnist.ts';
import { predictLabels } from '../networks/predict.ts';
import { modelPaths, modelPathsOf, resultPath } from '../results/files.ts';
import { correct } from '../results/curve.ts';
import type { Sweep } from '../results/schemas.ts';
import { onDigits, slices, sweepImages, type DigitsArguments } from './digits.ts';
import { attackListings } from './listings.ts';
import { readInput, readNetwork } from './readInputs.ts';
import { defineStage, type StageContext } from './stage.ts';

const defended = 'mnist-cnn-defended';

/** A slice of digits, the attack and the seed of its random start. */
interface RunPgdArguments extends DigitsArguments {
  epsilon: number;
  steps: number;
  seed: number;
}

/** Task: predicted classes of a slice under PGD, one digit each. */
export function runPgd({ epsilon, steps, seed, ...digits }: RunPgdArguments): string {
  return onDigits(digits, (classifier, images, labels) => {
    const perturbed = pgd(classifier, images, labels, { epsilon, steps, seed });
    const predicted = predictLabels(classifier, perturbed).join('');
    perturbed.dispose();
    return predicted;
  });
}

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
      'mnist-cnn': [
        (await readInput(context, 'fgsm-curve')).clipped,
        (await readInput(context, 'iterative-curve')).clipped,
      ],
      [defended]: [ofDefended.fgsm, ofDefended.iterative],
    } as const;
    const seeds = createGenerator(seed);
    context.progress.start(2 * epsilons.length * restarts * digits.count);
    const rows = [];
    for (const name of ['mnist-cnn', defended] as const) {
      const network = await readNetwork(context, name);
      for (const epsilon of epsilons) {
        const spared = [sparedBy(swept[name][0], epsilon)];
        spared.push(both(spared[0]!, sparedBy(swept[name][1], epsilon)));
        for (let restart = 0; restart < restarts; restart++) {
          const attack = { network, epsilon, steps, seed: seeds.integer(0, 0x7fffffff) };
          spared.push(await attackSpared(context, digits, spared.at(-1)!, attack));
        }
        rows.push({ network: name, epsilon, spared });
      }
    }
    return { 'results/worst-case.json': { indices, labels: digits.labels.join(''), steps, restarts, rows } };
  },
});

/** Which images a sweep leaves correct at an ε of its grid: "1" or "0" for each. */
function sparedBy({ epsilons, labels, predicted }: Sweep, epsilon: number): string {
  const at = epsilons.indexOf(epsilon);
  if (at < 0) throw new RangeError(`invalid epsilon: ${epsilon}, expected one of ${epsilons.join(', ')}`);
  return correct(labels, predicted[at]!).map(Number).join('');
}

function both(a: string, b: string): string {
  return Array.from(a, (bit, i) => (bit === '1' && b[i] === '1' ? 1 : 0)).join('');
}

/** Attacks the images that have been spared so far; what is left of them. */
async function attackSpared(
  { run, progress }: StageContext,
  digits: Digits,
  spared: string,
  attack: Pick<RunPgdArguments, 'network' | 'epsilon' | 'steps' | 'seed'>,
): Promise<string> {
  const places = Array.from(spared, (_, i) => i).filter((i) => spared[i] === '1');
  const attacked = selectDigits(digits, places);
  const predicted = await Promise.all(
    slices(attacked).map((slice, i) => run(runPgd, { ...attack, ...slice, seed: attack.seed + i })),
  ).then((ofSlices) => ofSlices.join(''));
  progress.tick(digits.count);
  const left = new Set(places.filter((_, i) => predicted[i] === String(attacked.labels[i])));
  return Array.from(spared, (_, i) => (left.has(i) ? 1 : 0)).join('');
}
