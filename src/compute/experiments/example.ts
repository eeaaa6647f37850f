// Questions 1 and 3: the first correctly classified image of a class, attacked in one step and in several.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import type { Options } from '../options.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { attackDigit } from './attackDigit.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import { attackListings } from './listings.ts';
import { firstCorrect, readEvaluation, readNetwork } from './readInputs.ts';
import { defineStage, type Stage } from './stage.ts';
import { runSweep } from './sweep.ts';

/** The example in one step. */
export const fgsmExample = exampleStage('fgsm-example', () => 1);

/** The example in several steps that share the same budget. */
export const iterativeExample = exampleStage('iterative-example', ({ steps }) => steps);

function exampleStage(
  name: 'fgsm-example' | 'iterative-example',
  stepsOf: (example: Options['example']) => number,
): Stage {
  return defineStage({
    name,
    entry: import.meta.filename,
    options: ({ example }) => ({ example: { ...example, steps: stepsOf(example) } }),
    inputs: [modelPaths.json, modelPaths.weights, resultPath('evaluation')],
    data: 'test',
    listings: attackListings,
    outputs: [resultPath(name)],
    async compute(context) {
      const { options, run, progress } = context;
      const { label, epsilon, epsilonDenominator, maxEpsilon } = options.example;
      const steps = stepsOf(options.example);
      const network = await readNetwork(context);
      const evaluation = await readEvaluation(context);
      const test = await loadMnist('test');
      const index = firstCorrect(evaluation, label);
      const places = Array.from(evaluation.labels, (_, i) => i);
      const ofClass = places.filter((i) => evaluation.labels[i] === String(label));
      const correct = ofClass.filter((i) => evaluation.predicted[i] === String(label));

      progress.start(correct.length + 1);
      const attacked = await run(attackDigit, {
        network,
        ...selectDigits(test, [index]),
        epsilon,
        steps,
        alongEpsilons: epsilonGrid(Math.round(maxEpsilon * epsilonDenominator) + 1, epsilonDenominator),
      });
      progress.tick(1);
      const sameClass = { indices: correct, digits: selectDigits(test, correct) };
      const sweep = { epsilons: [epsilon], steps, clip: true, loss: 'margin' as const };
      const { predicted } = await runSweep(context, network, sameClass, sweep);
      const flipped = [...predicted[0]!].filter((digit) => digit !== String(label)).length;
      const content = {
        index,
        label,
        epsilon,
        steps,
        ...attacked,
        sameClass: { images: ofClass.length, correct: correct.length, flipped },
      };
      return { [resultPath(name)]: content } as Record<`results/${typeof name}.json`, typeof content>;
    },
  });
}
