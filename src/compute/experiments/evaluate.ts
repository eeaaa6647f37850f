// Looks at the test set once: what the network says of each image.
import { loadMnist, selectDigits } from '../data/mnist.ts';
import { modelPaths, resultPath } from '../results/files.ts';
import { evaluationSchema } from '../results/schema/evaluation.ts';
import { writeResult } from '../results/writeResult.ts';
import type { Stage } from '../build/stage.ts';
import { readNetwork } from './readNetwork.ts';
import { slices } from './slices.ts';

/** Predicts the class of the test images, in order. */
export const evaluate: Stage = {
  name: 'evaluate',
  entry: import.meta.filename,
  tasks: ['predictDigits'],
  options: ({ evaluation }) => ({ evaluation }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'],
  outputs: [resultPath('evaluation')],
  async run(context) {
    const { options, output, pool, progress, provenance } = context;
    const network = await readNetwork(context);
    const test = await loadMnist('test');
    const digits = selectDigits(
      test,
      Array.from({ length: options.evaluation.images }, (_, i) => i),
    );
    progress.start('evaluate', digits.count, 'images');
    const predicted = await Promise.all(
      slices(digits).map(async (slice) => {
        const labels = await pool.run('predictDigits', { network, ...slice });
        progress.tick(slice.labels.length);
        return labels;
      }),
    );
    progress.done();
    await writeResult(output(resultPath('evaluation')), evaluationSchema, {
      provenance,
      labels: digits.labels.join(''),
      predicted: predicted.join(''),
    });
  },
};
