// How many signs float32 gets wrong, with the margin and with plain cross-entropy.
import { PIXELS } from '../networks/layers.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { precisionSchema } from '../results/schema/precision.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { attackListings } from './listings.ts';
import { readNetwork } from './readNetwork.ts';
import { slices } from './slices.ts';
import { sweepImages } from './sweepImages.ts';

/** Compares the signs of float32 gradients with those of a float64 pass on the sweep's images. */
export const precision: Stage = {
  name: 'precision',
  entry: import.meta.filename,
  tasks: ['compareSigns'],
  options: ({ seeds: { testImages }, sweep: { images } }) => ({ seeds: { testImages }, sweep: { images } }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  listings: attackListings,
  outputs: [resultPath('precision')],
  async run(context) {
    const { options, output, pool, progress, provenance } = context;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start('precision', digits.count, 'images');
    const slicesOfSigns = await Promise.all(
      slices(digits, 50).map(async (slice) => {
        const signs = await pool.run('compareSigns', { network, ...slice });
        progress.tick(signs.length);
        return signs;
      }),
    );
    progress.done();
    const compared = slicesOfSigns.flat();
    const wrongSigns = {
      margin: compared.map(({ reference, margin }) => countDifferent(reference, margin)),
      crossEntropy: compared.map(({ reference, crossEntropy }) => countDifferent(reference, crossEntropy)),
    };
    const worst = wrongSigns.crossEntropy.indexOf(Math.max(...wrongSigns.crossEntropy));
    const { reference, margin, crossEntropy } = compared[worst]!;
    await writeResult(output(resultPath('precision')), precisionSchema, {
      provenance,
      indices,
      labels: digits.labels.join(''),
      doubt: compared.map(({ doubt }) => doubt),
      wrongSigns,
      worst: {
        index: indices[worst]!,
        label: digits.labels[worst]!,
        image: Array.from(digits.images.subarray(worst * PIXELS, (worst + 1) * PIXELS), (byte) =>
          Math.fround(byte / 255),
        ),
        reference,
        margin,
        crossEntropy,
      },
    });
  },
};

function countDifferent(a: string, b: string): number {
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return different;
}
