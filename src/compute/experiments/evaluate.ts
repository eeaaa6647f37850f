// Looks at the test set once: what the network says of each image.
import type { Digits } from '../data/mnist.ts';
import type { Network } from '../networks/layers.ts';
import { predictLabels } from '../networks/forward.ts';
import type { Evaluation } from '../results/schemas.ts';
import { firstImages, onDigits, onSlices, type DigitsArguments } from './digits.ts';
import { resultStage, type Runner } from './stage.ts';

/** Task: predicted classes of a slice of digits, one digit each. */
export function predictDigits(digits: DigitsArguments): string {
  return onDigits(digits, (classifier, images) => predictLabels(classifier, images).join(''));
}

/** Predicted classes of digits on all workers, one digit each. */
export async function predictAll(runner: Runner, network: Network, digits: Digits): Promise<string> {
  const ofSlice = (slice: Digits) => runner.run(predictDigits, { network, ...slice });
  return (await onSlices(runner, digits, ofSlice)).join('');
}

/** Predicts the class of the test images, in order. */
export const evaluation = resultStage({
  name: 'evaluation',
  entry: import.meta.filename,
  options: ['evaluation'],
  async compute(context, [network]) {
    const { labels, digits } = await firstImages(context.options.evaluation.images);
    context.progress.start(digits.labels.length);
    return { labels, predicted: await predictAll(context, network, digits) };
  },
});

/**
 * Index of the first test image of a class that the network reads correctly.
 *
 * @throws if there is none
 */
export function firstCorrect({ labels, predicted }: Pick<Evaluation, 'labels' | 'predicted'>, label: number) {
  const digit = String(label);
  const index = [...labels].findIndex((truth, i) => truth === digit && predicted[i] === digit);
  if (index < 0)
    throw new Error(`no test image of class ${label} is read correctly; take a network that reads some`);
  return index;
}
