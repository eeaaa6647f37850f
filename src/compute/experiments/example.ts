// Questions 1 and 3: the first correctly read image of a class, attacked in one step and in several.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { exampleSchema } from '../results/schema/example.ts';
import { writeResult } from '../results/writeResult.ts';
import { epsilonGrid } from './epsilonGrid.ts';
import type { Options } from '../options.ts';
import type { Stage } from '../build/stage.ts';
import { attackListings } from './listings.ts';
import { firstCorrect, readEvaluation } from './readEvaluation.ts';
import { readNetwork } from './readNetwork.ts';
import { slices } from './slices.ts';
import { joinSlices } from './sweepSlice.ts';

/** The example in one step. */
export const fgsmExample = exampleStage('fgsm-example', () => 1);

/** The example in several steps that share the same budget. */
export const iterativeExample = exampleStage('iterative-example', ({ steps }) => steps);

function exampleStage(
  name: 'fgsm-example' | 'iterative-example',
  stepsOf: (example: Options['example']) => number,
): Stage {
  return {
    name,
    entry: import.meta.filename,
    tasks: ['attackDigit', 'sweepDigits'],
    options: ({ example }) => ({ example: { ...example, steps: stepsOf(example) } }),
    inputs: [modelPaths.json, modelPaths.weights, resultPath('evaluation')],
    data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
    listings: attackListings,
    outputs: [resultPath(name)],
    async run(context) {
      const { options, output, pool, progress, provenance } = context;
      const { label, epsilon, epsilonDenominator, maxEpsilon } = options.example;
      const steps = stepsOf(options.example);
      const network = await readNetwork(context);
      const evaluation = await readEvaluation(context);
      const test = await loadMnist('test');
      const index = firstCorrect(evaluation, label);
      const places = Array.from(evaluation.labels, (_, i) => i);
      const ofClass = places.filter((i) => evaluation.labels[i] === String(label));
      const correct = ofClass.filter((i) => evaluation.predicted[i] === String(label));

      progress.start(name, correct.length + 1, 'images');
      const attacked = await pool.run('attackDigit', {
        network,
        ...selectDigits(test, [index]),
        epsilon,
        steps,
        alongEpsilons: epsilonGrid(Math.round(maxEpsilon * epsilonDenominator) + 1, epsilonDenominator),
      });
      progress.tick(1);
      const sweep = { epsilons: [epsilon], steps, clip: true, loss: 'margin' as const };
      const others = await Promise.all(
        slices(selectDigits(test, correct)).map((slice) =>
          pool.run(
            'sweepDigits',
            { network, ...slice, sweep },
            { onReport: (n) => progress.tick(n as number) },
          ),
        ),
      );
      progress.done();
      const predicted = joinSlices(others).predicted[0]!;
      await writeResult(output(resultPath(name)), exampleSchema, {
        provenance,
        index,
        label,
        epsilon,
        steps,
        ...attacked,
        sameClass: {
          images: ofClass.length,
          correct: correct.length,
          flipped: [...predicted].filter((digit) => digit !== String(label)).length,
        },
      });
    },
  };
}
