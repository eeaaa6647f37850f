// Attacks computed on one network and asked of another.
import { modelPathsOf } from '../results/files.ts';
import { networkNames } from '../results/networkNames.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

/** The sweep's images perturbed for each network, at each ε in one step and in several, and what every network says of them. */
export const transfer = defineStage({
  name: 'transfer',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images, steps }, transfer: { epsilons } }) => ({
    seeds: { testImages },
    sweep: { images, steps },
    transfer: { epsilons },
  }),
  inputs: networkNames.flatMap((name) => Object.values(modelPathsOf(name))),
  data: 'test',
  listings: attackListings,
  outputs: ['results/transfer.json'],
  async compute(context) {
    const { sweep, transfer: own } = context.options;
    const { indices, digits } = await sweepImages(context.options);
    const asked = await Promise.all(networkNames.map((name) => readNetwork(context, name)));
    const budgets = own.epsilons.flatMap((epsilon) => [1, sweep.steps].map((steps) => ({ epsilon, steps })));
    context.progress.start(budgets.length * asked.length * digits.count);
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
    return {
      'results/transfer.json': {
        networks: [...networkNames],
        indices,
        labels: digits.labels.join(''),
        attacks,
      },
    };
  },
});
