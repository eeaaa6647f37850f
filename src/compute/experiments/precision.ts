// How many signs float32 gets wrong, with the margin and with plain cross-entropy.
import { crossEntropy } from '../networks/crossEntropy.ts';
import { inputGradient } from '../attacks/inputGradient.ts';
import { PIXELS } from '../networks/layers.ts';
import { createReference } from '../networks/referenceGradient.ts';
import { modelPaths } from '../results/files.ts';
import { signText } from '../signs.ts';
import { onDigits, slices, sweepImages, type DigitsArguments } from './digits.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

// The reference takes long: small slices keep all workers busy to the end.
const SLICE = 50;

/** Signs of one image's input gradient, three ways, and 1 − p of its true class. */
interface ComparedSigns {
  doubt: number;
  reference: string;
  margin: string;
  crossEntropy: string;
}

/** Task: signs of the float64 reference and of float32 with the margin and with plain cross-entropy. */
export function compareSigns(digits: DigitsArguments): ComparedSigns[] {
  return onDigits(digits, (classifier, images, labels) => {
    const pixels = images.dataSync();
    const reference = createReference(digits.network);
    const gradients = {
      margin: inputGradient(classifier, images, labels),
      crossEntropy: inputGradient(classifier, images, labels, { loss: crossEntropy }),
    };
    const [margin, plain] = [gradients.margin.dataSync(), gradients.crossEntropy.dataSync()];
    gradients.margin.dispose();
    gradients.crossEntropy.dispose();
    return Array.from(digits.labels, (label, i) => {
      const slice = (values: Float32Array) => values.subarray(i * PIXELS, (i + 1) * PIXELS);
      const { gradient, doubt } = reference(slice(pixels as Float32Array), label);
      return {
        doubt,
        reference: signText(gradient),
        margin: signText(slice(margin as Float32Array)),
        crossEntropy: signText(slice(plain as Float32Array)),
      };
    });
  });
}

/** Compares the signs of float32 gradients with those of a float64 pass on the sweep's images. */
export const precision = defineStage({
  name: 'precision',
  entry: import.meta.filename,
  options: ({ seeds: { testImages }, sweep: { images } }) => ({ seeds: { testImages }, sweep: { images } }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  listings: attackListings,
  outputs: ['results/precision.json'],
  async compute(context) {
    const { options, run, progress } = context;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start(digits.count);
    const compared = await Promise.all(
      slices(digits, SLICE).map(async (slice) => {
        const signs = await run(compareSigns, { network, ...slice });
        progress.tick(signs.length);
        return signs;
      }),
    ).then((ofSlices) => ofSlices.flat());
    const wrongSigns = {
      margin: compared.map(({ reference, margin }) => countDifferent(reference, margin)),
      crossEntropy: compared.map(({ reference, crossEntropy: plain }) => countDifferent(reference, plain)),
    };
    const worst = wrongSigns.crossEntropy.indexOf(Math.max(...wrongSigns.crossEntropy));
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
      },
    };
  },
});

function countDifferent(a: string, b: string): number {
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return different;
}
