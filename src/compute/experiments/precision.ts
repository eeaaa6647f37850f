// How many signs float32 gets wrong: with the margin, and with the cross-entropy in the two forms that libraries have.
import * as tf from '@tensorflow/tfjs-core';
import { inputGradient, type Loss } from '../attacks/inputGradient.ts';
import type { Digits } from '../data/mnist.ts';
import { PIXELS } from '../data/shape.ts';
import type { Network } from '../networks/layers.ts';
import { createReference } from '../networks/referenceGradient.ts';
import { signText } from '../signs.ts';
import { countEqual } from '../statistics.ts';
import { onDigits, onSlices, sweepImages, type DigitsArguments } from './digits.ts';
import { attackListings, resultStage, type StageContext } from './stage.ts';
import { epsilonGrid, runSweep } from './sweep.ts';
import { losses } from './sweepSlice.ts';

type LossName = keyof typeof losses;

// The reference takes long: small slices keep all workers busy to the end.
const SLICE = 50;

type ComparedSigns = ReturnType<typeof compareSigns>[number];

/** Task: for each image 1 − p of its true class, and the signs of the float64 reference and of float32 for each way of writing the loss. */
export function compareSigns(digits: DigitsArguments) {
  return onDigits(digits, (classifier, images, labels) => {
    const signsOf = (loss: Loss): string =>
      tf.tidy(() => signText(inputGradient(classifier, images, labels, { loss }).dataSync()));
    const [pixels, reference] = [images.dataSync<'float32'>(), createReference(digits.network)];
    const signs = forEachLoss((loss) => signsOf(losses[loss]));
    return Array.from(digits.labels, (label, i) => {
      const [from, to] = [i * PIXELS, (i + 1) * PIXELS];
      const { gradient, doubt } = reference(pixels.subarray(from, to), label);
      const float32 = forEachLoss((loss) => signs[loss].slice(from, to));
      return { doubt, reference: signText(gradient), float32 };
    });
  });
}

/** Compares the signs of float32 gradients with those of a float64 pass on the sweep's images. */
export const precision = resultStage({
  name: 'precision',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images', 'sweep.epsilonCount', 'sweep.epsilonDenominator'],
  listings: attackListings,
  async compute(context, [network]) {
    const drawn = await sweepImages(context.options);
    const { indices, labels, digits } = drawn;
    const epsilons = epsilonGrid(context.options.sweep);
    context.progress.start(digits.labels.length * (1 + epsilons.length));
    const compared = await compareAll(context, network, digits);
    const wrongSigns = forEachLoss((loss) => wrongWith(loss, compared));
    const inBoth = wrongSigns.logSoftmax.map((wrong, i) => Math.min(wrong, wrongSigns.crossEntropy[i]!));
    const place = inBoth.indexOf(Math.max(...inBoth));
    const { doubt: _, ...signs } = compared[place]!;
    const bytes = digits.images.subarray(place * PIXELS, (place + 1) * PIXELS);
    const image = Array.from(bytes, (byte) => Math.fround(byte / 255));
    return {
      indices,
      labels,
      doubt: compared.map(({ doubt }) => doubt),
      wrongSigns,
      worst: { index: indices[place]!, label: digits.labels[place]!, image, ...signs },
      logSoftmax: await runSweep(context, network, drawn, { epsilons, steps: 1, loss: 'logSoftmax' }),
    };
  },
});

/** The margin's signs on the network that is trained against the attack. */
export const defendedPrecision = resultStage({
  name: 'defended-precision',
  entry: import.meta.filename,
  options: ['seeds.testImages', 'sweep.images'],
  networks: ['mnist-cnn-defended'],
  listings: attackListings,
  async compute(context, [network]) {
    const { indices, labels, digits } = await sweepImages(context.options);
    context.progress.start(digits.labels.length);
    return { indices, labels, wrongSigns: wrongWith('margin', await compareAll(context, network, digits)) };
  },
});

async function compareAll(context: StageContext, network: Network, digits: Digits) {
  const ofSlice = (slice: Digits) => context.run(compareSigns, { network, ...slice });
  return (await onSlices(context, digits, ofSlice, SLICE)).flat();
}

function wrongWith(loss: LossName, compared: readonly ComparedSigns[]): number[] {
  return compared.map(({ reference, float32 }) => PIXELS - countEqual(reference, float32[loss]));
}

function forEachLoss<T>(value: (loss: LossName) => T): Record<LossName, T> {
  return { margin: value('margin'), logSoftmax: value('logSoftmax'), crossEntropy: value('crossEntropy') };
}
