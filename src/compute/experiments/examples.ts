// Single digits under attack: the example of questions 1 and 3, and what perturbed images of each class look like.
import type { NetworkName } from '../results/networkNames.ts';
import { attackDigit } from './attackDigits.ts';
import { testImages } from './digits.ts';
import { firstCorrect } from './evaluate.ts';
import { attackListings, readInput, resultStage, type Stage } from './stage.ts';
import { epsilonGrid, runSweep } from './sweep.ts';

/** The example in one step. */
export const fgsmExample = exampleStage('fgsm-example');

/** The example in several steps that share the same budget. */
export const iterativeExample = exampleStage('iterative-example');

function exampleStage(name: 'fgsm-example' | 'iterative-example'): Stage {
  return resultStage({
    name,
    entry: import.meta.filename,
    options: [
      ...(['example.label', 'example.epsilon', 'example.epsilonDenominator', 'example.maxEpsilon'] as const),
      ...(name === 'fgsm-example' ? [] : (['example.steps'] as const)),
    ],
    results: ['evaluation'],
    listings: attackListings,
    async compute(context, [network]) {
      const { label, epsilon, epsilonDenominator, maxEpsilon, ...example } = context.options.example;
      const steps = name === 'fgsm-example' ? 1 : example.steps;
      const evaluation = await readInput(context, 'evaluation');
      const index = firstCorrect(evaluation, label);
      const ofClass = Array.from(evaluation.labels, (_, i) => i).filter(
        (i) => evaluation.labels[i] === String(label),
      );
      const correct = ofClass.filter((i) => evaluation.predicted[i] === String(label));

      context.progress.start(correct.length + 1);
      const attacked = await context.run(attackDigit, {
        network,
        ...(await testImages([index])).digits,
        epsilon,
        steps,
        alongEpsilons: epsilonGrid({
          epsilonCount: Math.round(maxEpsilon * epsilonDenominator) + 1,
          epsilonDenominator,
        }),
      });
      context.progress.tick(1);
      const sameClass = await testImages(correct);
      const { predicted } = await runSweep(context, network, sameClass, { epsilons: [epsilon], steps });
      const flipped = [...predicted[0]!].filter((digit) => digit !== String(label)).length;
      return {
        index,
        label,
        epsilon,
        steps,
        ...attacked,
        sameClass: { images: ofClass.length, correct: correct.length, flipped },
      };
    },
  });
}

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
