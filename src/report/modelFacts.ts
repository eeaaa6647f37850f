// What the prose says of the network, of random signs, of the number of steps and of float32.
import { accuracy, confusion } from '../compute/results/curve.ts';
import type {
  Evaluation,
  FooledClasses,
  Precision,
  RandomSigns,
  StepsCurve,
  Training,
} from '../compute/results/schemas.ts';
import { parameterCount, PIXELS, weightSpecs } from '../compute/networks/layers.ts';
import { mnistCnn } from '../compute/networks/mnistCnn.ts';
import { budget, share, whole, type Facts } from './fact.ts';

/** Number of trained parameters of the network. */
export const parameters = parameterCount(weightSpecs(mnistCnn.layers));

/** Facts of the trained network. */
export function modelFacts(training: Training, evaluation: Evaluation): Facts {
  const last = training.epochs[training.epochs.length - 1]!;
  const test = accuracy(evaluation.labels, evaluation.predicted);
  const counts = confusion(evaluation.labels, evaluation.predicted);
  const wrong = counts.flatMap((row, truth) =>
    row.map((images, predicted) => ({ images: truth === predicted ? 0 : images, truth, predicted })),
  );
  const most = wrong.reduce((best, cell) => (cell.images > best.images ? cell : best));
  return {
    'model.parameters': whole(parameters),
    'model.epochs': whole(training.epochs.length),
    'model.trainingAccuracy': share(last.accuracy),
    'model.validationAccuracy': share(last.validationAccuracy),
    'model.testImages': whole(evaluation.labels.length),
    'model.testAccuracy': { ...share(test.value), text: `${(test.value * 100).toFixed(2)}\u00a0%` },
    'model.testLow': { ...share(test.low), text: `${(test.low * 100).toFixed(2)}\u00a0%` },
    'model.testHigh': { ...share(test.high), text: `${(test.high * 100).toFixed(2)}\u00a0%` },
    'model.testWrong': whole(evaluation.labels.length - Math.round(test.value * evaluation.labels.length)),
    'model.mostConfusedImages': whole(most.images),
    'model.mostConfusedTruth': whole(most.truth),
    'model.mostConfusedPredicted': whole(most.predicted),
  };
}

/** Facts of steps in random directions of the same size. */
export function randomSignsFacts({ labels, predicted, epsilon }: RandomSigns): Facts {
  const accuracies = predicted.map((row) => accuracy(labels, row).value);
  return {
    'random.draws': whole(predicted.length),
    'random.epsilon': budget(epsilon),
    'random.mean': share(accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length),
    'random.lowest': share(Math.min(...accuracies)),
    'random.highest': share(Math.max(...accuracies)),
  };
}

/** Facts of the wrong signs of float32 gradients. */
export function precisionFacts({ indices, doubt, wrongSigns, worst }: Precision): Facts {
  const images = (counts: number[]) => whole(counts.filter((wrong) => wrong > 0).length);
  const pixels = (counts: number[]) => whole(counts.reduce((sum, wrong) => sum + wrong, 0));
  const worstPlace = indices.indexOf(worst.index);
  return {
    'precision.images': whole(indices.length),
    'precision.pixels': whole(indices.length * PIXELS),
    'precision.marginPixels': pixels(wrongSigns.margin),
    'precision.crossEntropyImages': images(wrongSigns.crossEntropy),
    'precision.crossEntropyPixels': pixels(wrongSigns.crossEntropy),
    'precision.worstIndex': whole(worst.index),
    'precision.worstLabel': whole(worst.label),
    'precision.worstWrong': whole(wrongSigns.crossEntropy[worstPlace]!),
    'precision.worstShare': share(wrongSigns.crossEntropy[worstPlace]! / PIXELS),
    'precision.worstDoubt': { value: doubt[worstPlace]!, text: doubt[worstPlace]!.toPrecision(2) },
  };
}

/** Facts of the accuracy against the number of steps. */
export function stepsCurveFacts({ epsilons, steps, labels, predicted }: StepsCurve): Facts {
  return Object.fromEntries(
    epsilons.flatMap((epsilon, i) =>
      steps.map(
        (count, j) =>
          [`steps.${epsilon}.${count}`, share(accuracy(labels, predicted[i]![j]!).value)] as const,
      ),
    ),
  );
}

/** Facts of the classes into which digits are fooled. */
export function fooledFacts({ labels, clean, predicted, epsilon }: FooledClasses): Facts {
  const counts = confusion(labels, predicted);
  const fooled = counts.flatMap((row, truth) =>
    row.map((images, target) => ({ images: truth === target ? 0 : images, truth, target })),
  );
  const total = fooled.reduce((sum, { images }) => sum + images, 0);
  const most = fooled.reduce((best, cell) => (cell.images > best.images ? cell : best));
  const intoEach = Array.from({ length: 10 }, (_, target) =>
    fooled.filter((cell) => cell.target === target).reduce((sum, { images }) => sum + images, 0),
  );
  const favourite = intoEach.indexOf(Math.max(...intoEach));
  return {
    'fooled.epsilon': budget(epsilon),
    'fooled.clean': share(accuracy(labels, clean).value),
    'fooled.total': whole(total),
    'fooled.mostImages': whole(most.images),
    'fooled.mostTruth': whole(most.truth),
    'fooled.mostTarget': whole(most.target),
    'fooled.favourite': whole(favourite),
    'fooled.favouriteShare': share(total === 0 ? 0 : intoEach[favourite]! / total),
  };
}
