// How many signs float32 gets wrong: with the margin, and with the cross-entropy in the two forms that libraries have.
import * as tf from '@tensorflow/tfjs-core';
import type { Loss } from '../attacks/classifier.ts';
import { inputGradient } from '../attacks/inputGradient.ts';
import type { Digits } from '../data/mnist.ts';
import { PIXELS } from '../data/shape.ts';
import type { Network } from '../networks/layers.ts';
import { createReference } from '../networks/referenceGradient.ts';
import { modelPaths, modelPathsOf } from '../results/files.ts';
import { signText } from '../signs.ts';
import { onDigits, slices, sweepImages, type DigitsArguments } from './digits.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage, type StageContext } from './stage.ts';
import { runSweep } from './sweep.ts';
import { losses } from './sweepSlice.ts';

// The reference takes long: small slices keep all workers busy to the end.
const SLICE = 50;

/** Signs of one image's input gradient, in float64 and in float32 for each loss, and 1 − p of its true class. */
interface ComparedSigns {
  doubt: number;
  reference: string;
  float32: Record<keyof typeof losses, string>;
}

/** Task: signs of the float64 reference, and of float32 for each way of writing the loss. */
export function compareSigns(digits: DigitsArguments): ComparedSigns[] {
  return onDigits(digits, (classifier, images, labels) => {
    const signsOf = (loss: Loss): string =>
      tf.tidy(() => signText(inputGradient(classifier, images, labels, { loss }).dataSync()));
    const [pixels, reference] = [images.dataSync<'float32'>(), createReference(digits.network)];
    const signs = {
      margin: signsOf(losses.margin),
      logSoftmax: signsOf(losses.logSoftmax),
      crossEntropy: signsOf(losses.crossEntropy),
    };
    return Array.from(digits.labels, (label, i) => {
      const [from, to] = [i * PIXELS, (i + 1) * PIXELS];
      const { gradient, doubt } = reference(pixels.subarray(from, to), label);
      const { margin, logSoftmax, crossEntropy } = signs;
      const float32 = {
        margin: margin.slice(from, to),
        logSoftmax: logSoftmax.slice(from, to),
        crossEntropy: crossEntropy.slice(from, to),
      };
      return { doubt, reference: signText(gradient), float32 };
    });
  });
}

/** Compares the signs of float32 gradients with those of a float64 pass on the sweep's images. */
export const precision = defineStage({
  name: 'precision',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { steps: _, ...sweep } }) => ({ seeds: { testImages }, sweep }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: attackListings,
  outputs: ['results/precision.json'],
  async compute(context) {
    const { options, progress } = context;
    const { epsilonCount, epsilonDenominator } = options.sweep;
    const network = await readNetwork(context);
    const drawn = await sweepImages(options);
    const { indices, digits } = drawn;
    const epsilons = epsilonGrid(epsilonCount, epsilonDenominator);
    progress.start(digits.count * (1 + epsilons.length));
    const compared = await compareAll(context, network, digits);
    const wrongSigns = {
      margin: wrongWith('margin', compared),
      logSoftmax: wrongWith('logSoftmax', compared),
      crossEntropy: wrongWith('crossEntropy', compared),
    };
    const inBoth = wrongSigns.logSoftmax.map((wrong, i) => Math.min(wrong, wrongSigns.crossEntropy[i]!));
    const worst = inBoth.indexOf(Math.max(...inBoth));
    const { doubt: _, ...signs } = compared[worst]!;
    const bytes = digits.images.subarray(worst * PIXELS, (worst + 1) * PIXELS);
    return {
      'results/precision.json': {
        indices,
        labels: digits.labels.join(''),
        doubt: compared.map(({ doubt }) => doubt),
        wrongSigns,
        worst: {
          index: indices[worst]!,
          label: digits.labels[worst]!,
          image: Array.from(bytes, (byte) => Math.fround(byte / 255)),
          ...signs,
        },
        logSoftmax: await runSweep(context, network, drawn, {
          epsilons,
          steps: 1,
          clip: true,
          loss: 'logSoftmax',
        }),
      },
    };
  },
});

/** The margin's signs on the network that is trained against the attack. */
export const defendedPrecision = defineStage({
  name: 'defended-precision',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images } }) => ({ seeds: { testImages }, sweep: { images } }),
  inputs: Object.values(modelPathsOf('mnist-cnn-defended')),
  data: 'test',
  listings: attackListings,
  outputs: ['results/defended-precision.json'],
  async compute(context) {
    const { indices, digits } = await sweepImages(context.options);
    context.progress.start(digits.count);
    const compared = await compareAll(context, await readNetwork(context, 'mnist-cnn-defended'), digits);
    const wrongSigns = wrongWith('margin', compared);
    return {
      'results/defended-precision.json': { indices, labels: digits.labels.join(''), wrongSigns },
    };
  },
});

async function compareAll(
  { run, progress }: StageContext,
  network: Network,
  digits: Digits,
): Promise<ComparedSigns[]> {
  const ofSlices = await Promise.all(
    slices(digits, SLICE).map(async (slice) => {
      const signs = await run(compareSigns, { network, ...slice });
      progress.tick(signs.length);
      return signs;
    }),
  );
  return ofSlices.flat();
}

/** Pixels of each image at which a loss's sign is not the reference's. */
function wrongWith(loss: keyof typeof losses, compared: readonly ComparedSigns[]): number[] {
  return compared.map(({ reference, float32 }) => countDifferent(reference, float32[loss]));
}

function countDifferent(a: string, b: string): number {
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return different;
}
