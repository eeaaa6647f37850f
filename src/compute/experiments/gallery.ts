// What perturbed images look like: one of each class at several budgets.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { CLASSES } from '../networks/layers.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { gallerySchema } from '../results/schema/gallery.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { attackListings } from './listings.ts';
import { firstCorrect, readEvaluation } from './readEvaluation.ts';
import { readNetwork } from './readNetwork.ts';

/** Attacks the first correctly read image of each class with iterative FGSM at each ε. */
export const gallery: Stage = {
  name: 'gallery',
  entry: import.meta.filename,
  tasks: ['attackDigit'],
  options: ({ sweep: { steps }, gallery: { epsilons } }) => ({ sweep: { steps }, gallery: { epsilons } }),
  inputs: [modelPaths.json, modelPaths.weights, resultPath('evaluation')],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  listings: attackListings,
  outputs: [resultPath('gallery')],
  async run(context) {
    const { options, output, pool, progress, provenance } = context;
    const { epsilons } = options.gallery;
    const { steps } = options.sweep;
    const network = await readNetwork(context);
    const evaluation = await readEvaluation(context);
    const test = await loadMnist('test');
    progress.start('gallery', CLASSES * epsilons.length, 'images');
    const images = await Promise.all(
      Array.from({ length: CLASSES }, async (_, label) => {
        const index = firstCorrect(evaluation, label);
        const attacked = await Promise.all(
          epsilons.map(async (epsilon) => {
            const digit = selectDigits(test, [index]);
            const result = await pool.run('attackDigit', {
              network,
              ...digit,
              epsilon,
              steps,
              alongEpsilons: [],
            });
            progress.tick(1);
            return result;
          }),
        );
        const { image, prediction } = attacked[0]!.original;
        return {
          index,
          label,
          original: { image, prediction },
          perturbed: attacked.map(({ path }) => ({
            image: path[path.length - 1]!.perturbed,
            prediction: path[path.length - 1]!.prediction,
          })),
        };
      }),
    );
    progress.done();
    await writeResult(output(resultPath('gallery')), gallerySchema, {
      provenance,
      epsilons,
      steps,
      images,
    });
  },
};
