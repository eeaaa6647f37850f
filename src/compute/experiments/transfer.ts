// Attacks computed on one network and asked of another.
import * as tf from '@tensorflow/tfjs-core';
import { iterativeFgsm } from '../attacks/iterativeFgsm.ts';
import { forward } from '../networks/forward.ts';
import type { Network } from '../networks/layers.ts';
import { predictLabels } from '../networks/predict.ts';
import { modelPathsOf } from '../results/files.ts';
import { networkNames } from '../results/networkNames.ts';
import { onDigits, slices, sweepImages, type DigitsArguments } from './digits.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

/** A slice of digits, the attack on its network, and the networks that are asked. */
interface AttackForOthersArguments extends DigitsArguments {
  asked: readonly Network[];
  epsilon: number;
  steps: number;
}

/** Task: what each of the asked networks predicts of the slice that was perturbed for one, one digit for each image. */
export function attackForOthers({ asked, epsilon, steps, ...digits }: AttackForOthersArguments): string[] {
  return onDigits(digits, (classifier, images, labels) => {
    const perturbed = iterativeFgsm(classifier, images, labels, { epsilon, steps });
    const predicted = asked.map((network) => {
      const model = forward(network);
      const classes = predictLabels(model.classifier, perturbed).join('');
      model.dispose();
      return classes;
    });
    tf.dispose(perturbed);
    return predicted;
  });
}

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
    const { options, run, progress } = context;
    const { indices, digits } = await sweepImages(options);
    const networks = await Promise.all(networkNames.map((name) => readNetwork(context, name)));
    const attacks = options.transfer.epsilons.flatMap((epsilon) =>
      [1, options.sweep.steps].map((steps) => ({ epsilon, steps })),
    );
    progress.start(attacks.length * networks.length * digits.count);
    const rows = await Promise.all(
      attacks.map(async (attack) => ({
        ...attack,
        predicted: await Promise.all(
          networks.map(async (network) => {
            const ofSlices = await Promise.all(
              slices(digits).map(async (slice) => {
                const predicted = await run(attackForOthers, {
                  network,
                  asked: networks,
                  ...slice,
                  ...attack,
                });
                progress.tick(slice.labels.length);
                return predicted;
              }),
            );
            return networks.map((_, asked) => ofSlices.map((predicted) => predicted[asked]!).join(''));
          }),
        ),
      })),
    );
    return {
      'results/transfer.json': {
        networks: [...networkNames],
        indices,
        labels: digits.labels.join(''),
        attacks: rows,
      },
    };
  },
});
