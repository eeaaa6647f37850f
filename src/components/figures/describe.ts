// What can be read off each figure, in a sentence or two for those who cannot see it.
import { count, decimal, percent, percentagePoints, probability } from '../format.ts';
import type { AccuracyData } from './accuracyChart.ts';
import type { MatrixData } from './classMatrix.ts';
import type { DifferenceData } from './differenceChart.ts';
import type { LearningData } from './learningCurve.ts';
import type { PrecisionData } from './precisionChart.ts';
import type { ProbabilityData } from './probabilityChart.ts';
import type { RandomSignsData } from './randomSignsChart.ts';
import type { SmallestEpsilonData } from './smallestEpsilonChart.ts';
import type { StepCountData } from './stepCountChart.ts';
import type { StepsData } from './stepsChart.ts';

/** Each curve at 0, a fifth, and three fifths of its grid. */
export function describeAccuracy({ images, series }: AccuracyData): string {
  const curves = series.map(({ short, rows }) => {
    const at = [0, 0.2, 0.6].map((share) => rows[Math.round(share * (rows.length - 1))]!);
    return `${short}: ${at.map(({ epsilon, accuracy }) => `${percent(accuracy)} at epsilon ${epsilon}`).join(', ')}`;
  });
  return `Accuracy on ${count(images)} test images. ${curves.join('; ')}.`;
}

/** First and last probabilities of both classes. */
export function describeSteps({ label, rival, path }: StepsData): string {
  const [first, last] = [path[0]!, path[path.length - 1]!];
  const from = (digit: number, a: number, b: number) =>
    `the probability of class ${digit} goes from ${probability(a)} to ${probability(b)}`;
  const both = `${from(label, first.label, last.label)}, and ${from(rival, first.rival, last.rival)}`;
  return `Over ${path.length - 1} steps, ${both}.`;
}

/** Values of the last epoch. */
export function describeLearning({ metric, epochs }: LearningData): string {
  const last = epochs[epochs.length - 1]!;
  const [training, validation] =
    metric === 'accuracy'
      ? [percent(last.accuracy, 2), percent(last.validationAccuracy, 2)]
      : [decimal(last.loss, 4), decimal(last.validationLoss, 4)];
  return `After ${epochs.length} epochs the ${metric} is ${training} in training and ${validation} in validation.`;
}

/** Share of the diagonal and the most frequent other cell. */
export function describeMatrix({ counts }: MatrixData): string {
  const cells = counts.flatMap((row, i) => row.map((n, j) => ({ i, j, n })));
  const total = cells.reduce((sum, { n }) => sum + n, 0);
  const right = cells.reduce((sum, { i, j, n }) => (i === j ? sum + n : sum), 0);
  const most = cells.filter(({ i, j }) => i !== j).reduce((one, other) => (other.n > one.n ? other : one));
  const worst = `Most often ${a(most.i)} is read as ${a(most.j)}, ${count(most.n)} times.`;
  return `${count(right)} of ${count(total)} images are read correctly. ${worst}`;
}

/** Median and images left of both attacks. */
export function describeSmallestEpsilon({ attacks }: SmallestEpsilonData): string {
  const parts = attacks.map(({ name, median, never }) => {
    const half =
      median === undefined ? 'fewer than half of the images flip' : `half of the images flip by ${median}`;
    return `${name}: ${half}, ${never === 0 ? 'none' : count(never)} never`;
  });
  return `Smallest epsilon of the grid at which an image is misread. ${parts.join('; ')}.`;
}

/** First and last accuracy of each line. */
export function describeStepCount({ lines }: StepCountData): string {
  const parts = lines.map(({ epsilon, rows }) => {
    const [first, last] = [rows[0]!, rows[rows.length - 1]!];
    const ends = [first, last].map(({ accuracy, steps }) => `${percent(accuracy)} with ${steps}`);
    return `at epsilon ${epsilon}, ${ends.join(' and ')}`;
  });
  return `Accuracy by the number of steps: ${parts.join('; ')}.`;
}

/** Each row's accuracy, or the range of its draws. */
export function describeRandomSigns({ epsilon, rows }: RandomSignsData): string {
  const parts = rows.map(({ name, accuracies }) => {
    const [low, high] = [Math.min(...accuracies), Math.max(...accuracies)];
    return `${name}: ${low === high ? percent(low) : `${percent(low)} to ${percent(high)}`}`;
  });
  return `Accuracy after steps of size ${epsilon}. ${parts.join('; ')}.`;
}

/** In how many images each loss has wrong signs. */
export function describePrecision({ wrongSigns }: PrecisionData): string {
  const parts = (['crossEntropy', 'margin'] as const).map((loss) => {
    const wrong = wrongSigns[loss];
    const pixels = wrong.reduce((sum, n) => sum + n, 0);
    const name = loss === 'margin' ? 'the margin' : 'cross-entropy';
    return `${name} in ${count(wrong.filter((n) => n > 0).length)} images, ${count(pixels)} pixels`;
  });
  return `Of ${count(wrongSigns.margin.length)} images, signs of the float32 gradient are wrong with ${parts.join('; with ')}.`;
}

/** The largest difference. */
export function describeDifference({ rows }: DifferenceData): string {
  const most = rows.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
  return `The largest difference is ${percentagePoints(most.value)}, at epsilon ${most.epsilon}.`;
}

/** Where the verdict changes. */
export function describeProbability({ label, changes }: ProbabilityData): string {
  if (changes.length === 0) return `The image is read as ${label} at every epsilon.`;
  const parts = changes.map(({ epsilon, from, to }) => `from ${from} to ${to} at ${epsilon}`);
  return `The verdict on the image of class ${label} changes ${parts.join(', ')}.`;
}

/** A digit with its article. */
function a(digit: number): string {
  return `${digit === 8 ? 'an' : 'a'} ${digit}`;
}
