// Looks at the test set once: what the network says of each image.
import { modelPaths } from '../results/files.ts';
import { predictLabels } from '../networks/predict.ts';
import { firstImages, onDigits, slices, type DigitsArguments } from './digits.ts';
import { readNetwork } from './readInputs.ts';
import { defineStage } from './stage.ts';

/** Task: predicted classes of a slice of digits, one digit each. */
export function predictDigits(digits: DigitsArguments): string {
  return onDigits(digits, (classifier, images) => predictLabels(classifier, images).join(''));
}

/** Predicts the class of the test images, in order. */
export const evaluate = defineStage({
  name: 'evaluate',
  entry: import.meta.filename,
  options: ({ evaluation }) => ({ evaluation }),
  inputs: [modelPaths.json, modelPaths.weights],
  data: 'test',
  outputs: ['results/evaluation.json'],
  async compute(context) {
    const { options, run, progress } = context;
    const network = await readNetwork(context);
    const { digits } = await firstImages(options.evaluation.images);
    progress.start(digits.count);
    const predicted = await Promise.all(
      slices(digits).map(async (slice) => {
        const labels = await run(predictDigits, { network, ...slice });
        progress.tick(labels.length);
        return labels;
      }),
    );
    return {
      'results/evaluation.json': { labels: digits.labels.join(''), predicted: predicted.join('') },
    };
  },
});
