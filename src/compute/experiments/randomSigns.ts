// The same size of step in random directions: how much of the effect is noise.
import { modelPaths, resultPath } from '../results/files.ts';
import { randomSignsSchema } from '../results/schema/randomSigns.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { readNetwork } from './readNetwork.ts';
import { sweepImages } from './sweepImages.ts';

// Apart from the next report seed by more than there are draws.
const SEED_STRIDE = 1_000;

/** Moves every pixel of the sweep's images by ε in a random direction, draw after draw. */
export const randomSigns: Stage = {
  name: 'random-signs',
  entry: import.meta.filename,
  tasks: ['addRandomSigns'],
  options: ({ seeds: { testImages, randomSigns: seed }, sweep: { images }, randomSigns: draw }) => ({
    seeds: { testImages, randomSigns: seed },
    sweep: { images },
    randomSigns: draw,
  }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  outputs: [resultPath('random-signs')],
  async run(context) {
    const { options, output, pool, progress, provenance } = context;
    const { epsilon, draws } = options.randomSigns;
    const network = await readNetwork(context);
    const { indices, digits } = await sweepImages(options);
    progress.start('random-signs', draws * digits.count, 'images');
    const predicted = await Promise.all(
      Array.from({ length: draws }, async (_, draw) => {
        const seed = options.seeds.randomSigns * SEED_STRIDE + draw;
        const labels = await pool.run('addRandomSigns', { network, ...digits, epsilon, seed });
        progress.tick(digits.count);
        return labels;
      }),
    );
    progress.done();
    await writeResult(output(resultPath('random-signs')), randomSignsSchema, {
      provenance,
      epsilon,
      indices,
      labels: digits.labels.join(''),
      predicted,
    });
  },
};
