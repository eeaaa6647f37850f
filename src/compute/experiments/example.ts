// Questions 1 and 3: the first correctly classified image of a class, attacked in one step and in several.
import { attackListings, resultStage, type Stage } from './stage.ts';
import { attackDigit } from './attackDigits.ts';
import { testImages } from './digits.ts';
import { firstCorrect, readInput } from './readInputs.ts';
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
