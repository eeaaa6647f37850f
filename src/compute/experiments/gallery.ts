// What perturbed images look like: one of each class at several budgets.
import type { NetworkName } from '../results/networkNames.ts';
import { attackDigit } from './attackDigits.ts';
import { testImages } from './digits.ts';
import { attackListings, resultStage, type Stage } from './stage.ts';
import { firstCorrect, readInput } from './readInputs.ts';

/** Attacks the first correctly classified image of each class with iterative FGSM at each ε. */
export const gallery = galleryStage('gallery', 'mnist-cnn');

/** The same images, attacked on the network that is trained against it. */
export const defendedGallery = galleryStage('defended-gallery', 'mnist-cnn-defended');

function galleryStage(name: 'gallery' | 'defended-gallery', networkName: NetworkName): Stage {
  return resultStage({
    name,
    entry: import.meta.filename,
    options: ['sweep.steps', 'gallery'],
    networks: [networkName],
    results: ['evaluation'],
    listings: attackListings,
    async compute(context, [network]) {
      const { options, run, progress } = context;
      const { epsilons } = options.gallery;
      const { steps } = options.sweep;
      const evaluation = await readInput(context, 'evaluation');
      const read = [...evaluation.labels].filter((label, i) => evaluation.predicted[i] === label);
      const classes = [...new Set(read)].map(Number).sort();
      progress.start(classes.length * epsilons.length);
      const images = await Promise.all(
        classes.map(async (label) => {
          const index = firstCorrect(evaluation, label);
          const { digits } = await testImages([index]);
          const attacked = await Promise.all(
            epsilons.map(async (epsilon) => {
              const result = await run(attackDigit, { network, ...digits, epsilon, steps });
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
              const last = path.at(-1)!;
              return { image: last.perturbed, prediction: last.prediction };
            }),
          };
        }),
      );
      return { epsilons, steps, images };
    },
  });
}
