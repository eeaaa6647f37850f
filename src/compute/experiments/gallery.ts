// What perturbed images look like: one of each class at several budgets.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { CLASSES } from '../data/shape.ts';
import { modelPathsOf, resultPath } from '../results/files.ts';
import type { NetworkName } from '../results/networkNames.ts';
import type { Evaluation } from '../results/schemas.ts';
import { attackDigit } from './attackDigit.ts';
import { attackListings } from './listings.ts';
import { firstCorrect, readEvaluation, readNetwork } from './readInputs.ts';
import { defineStage, type Stage } from './stage.ts';

/** Attacks the first correctly classified image of each class with iterative FGSM at each ε. */
export const gallery = galleryStage('gallery', 'mnist-cnn');

/** The same images, attacked on the network that is trained against it. */
export const defendedGallery = galleryStage('defended-gallery', 'mnist-cnn-defended');

function galleryStage(name: 'gallery' | 'defended-gallery', networkName: NetworkName): Stage {
  return defineStage({
    name,
    entry: import.meta.filename,
    options: ({ sweep: { steps }, gallery: { epsilons } }) => ({ sweep: { steps }, gallery: { epsilons } }),
    inputs: [...Object.values(modelPathsOf(networkName)), resultPath('evaluation')],
    data: 'test',
    listings: attackListings,
    outputs: [resultPath(name)],
    async compute(context) {
      const { options, run, progress } = context;
      const { epsilons } = options.gallery;
      const { steps } = options.sweep;
      const network = await readNetwork(context, networkName);
      const evaluation = await readEvaluation(context);
      const test = await loadMnist('test');
      const classes = classesRead(evaluation);
      progress.start(classes.length * epsilons.length);
      const images = await Promise.all(
        classes.map(async (label) => {
          const index = firstCorrect(evaluation, label);
          const digit = selectDigits(test, [index]);
          const attacked = await Promise.all(
            epsilons.map(async (epsilon) => {
              const result = await run(attackDigit, { network, ...digit, epsilon, steps });
              progress.tick(1);
              return result;
            }),
          );
          const { image, prediction } = attacked[0]!.original;
          return {
            index,
            label,
            original: { image, prediction },
            perturbed: attacked.map(({ path }) => {
              const last = path[path.length - 1]!;
              return { image: last.perturbed, prediction: last.prediction };
            }),
          };
        }),
      );
      const content = { epsilons, steps, images };
      return { [resultPath(name)]: content } as Record<`results/${typeof name}.json`, typeof content>;
    },
  });
}

/** Classes of which the network reads a test image correctly. */
function classesRead({ labels, predicted }: Evaluation): number[] {
  const read = new Set([...labels].filter((label, i) => predicted[i] === label));
  return Array.from({ length: CLASSES }, (_, label) => label).filter((label) => read.has(String(label)));
}
