// Attacks computed on one network and asked of another.
import { networkNames } from '../results/networkNames.ts';
import { attackDigits } from './attackDigits.ts';
import { sweepImages } from './digits.ts';
import { attackListings, resultStage } from './stage.ts';

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
    return { networks: [...networkNames], indices, labels, attacks };
  },
});
