// Every figure of the report by name: pages show them, the endpoints offer them as SVG and CSV.
import { reportOptions } from '../../compute/options.ts';
import { accuracyChart, accuracyTable } from './accuracyChart.ts';
import { comparedAccuracy, fgsmAccuracy, iterativeAccuracy } from './accuracyData.ts';
import { classMatrix, matrixTable } from './classMatrix.ts';
import { defineFigure, type Figure } from './defineFigure.ts';
import * as describe from './describe.ts';
import { differenceChart, differenceTable } from './differenceChart.ts';
import { probabilityData, stepsData } from './exampleData.ts';
import { learningCurve, learningTable } from './learningCurve.ts';
import { precisionChart, precisionTable, precisionValues } from './precisionChart.ts';
import { probabilityChart, probabilityTable } from './probabilityChart.ts';
import { randomSignsChart, randomSignsTable } from './randomSignsChart.ts';
import { smallestEpsilonChart, smallestEpsilonTable } from './smallestEpsilonChart.ts';
import { stepCountChart, stepCountTable } from './stepCountChart.ts';
import { stepsChart, stepsTable } from './stepsChart.ts';
import {
  confusionData,
  fooledData,
  lossDifferenceData,
  randomSignsData,
  smallestEpsilonData,
  stepCountData,
} from './sweepData.ts';

const marker = reportOptions.example.epsilon;
const accuracy = { draw: accuracyChart, table: accuracyTable, describe: describe.describeAccuracy };
const learning = { draw: learningCurve, table: learningTable, describe: describe.describeLearning };
const matrix = { draw: classMatrix, table: matrixTable, describe: describe.describeMatrix };
const probability = {
  draw: probabilityChart,
  table: probabilityTable,
  describe: describe.describeProbability,
};

/** The figures. Their names are those of `figures/NAME.svg` and `figures/NAME.csv`. */
export const figures = {
  'accuracy-fgsm': defineFigure({
    ...accuracy,
    results: ['fgsm-curve'],
    derive: (results) => fgsmAccuracy(results['fgsm-curve'], marker),
    title: 'Accuracy against epsilon, one step',
  }),
  'accuracy-iterative': defineFigure({
    ...accuracy,
    results: ['fgsm-curve', 'iterative-curve'],
    derive: (results) => iterativeAccuracy(results['fgsm-curve'], results['iterative-curve'], marker),
    title: 'Accuracy against epsilon, several steps and one',
  }),
  'clipping-fgsm': defineFigure({
    ...accuracy,
    results: ['fgsm-curve'],
    derive: (results) => comparedAccuracy(results['fgsm-curve'], 'unclipped'),
    title: 'FGSM with and without clipping to valid pixels',
  }),
  'clipping-iterative': defineFigure({
    ...accuracy,
    results: ['iterative-curve'],
    derive: (results) => comparedAccuracy(results['iterative-curve'], 'unclipped'),
    title: 'Iterative FGSM with and without clipping to valid pixels',
  }),
  'first-images-fgsm': defineFigure({
    ...accuracy,
    results: ['fgsm-curve'],
    derive: (results) => comparedAccuracy(results['fgsm-curve'], 'firstImages'),
    title: 'FGSM on images drawn at random and on the first of the test set',
  }),
  'first-images-iterative': defineFigure({
    ...accuracy,
    results: ['iterative-curve'],
    derive: (results) => comparedAccuracy(results['iterative-curve'], 'firstImages'),
    title: 'Iterative FGSM on images drawn at random and on the first of the test set',
  }),
  'steps-iterative': defineFigure({
    results: ['iterative-example'],
    derive: (results) => stepsData(results['iterative-example']),
    draw: stepsChart,
    table: stepsTable,
    title: 'Probability of the true class and of its rival after each step',
    describe: describe.describeSteps,
  }),
  'probability-fgsm': defineFigure({
    ...probability,
    results: ['fgsm-example'],
    derive: (results) => probabilityData(results['fgsm-example']),
    title: 'One image along epsilon, one step',
  }),
  'probability-iterative': defineFigure({
    ...probability,
    results: ['iterative-example'],
    derive: (results) => probabilityData(results['iterative-example']),
    title: 'One image along epsilon, several steps',
  }),
  'learning-loss': defineFigure({
    ...learning,
    results: ['training'],
    derive: ({ training }) => ({ metric: 'loss' as const, epochs: training.epochs }),
    title: 'Loss by epoch',
  }),
  'learning-accuracy': defineFigure({
    ...learning,
    results: ['training'],
    derive: ({ training }) => ({ metric: 'accuracy' as const, epochs: training.epochs }),
    title: 'Accuracy by epoch',
  }),
  'confusion-matrix': defineFigure({
    ...matrix,
    results: ['evaluation'],
    derive: ({ evaluation }) => confusionData(evaluation),
    title: 'Confusion matrix of the test set',
  }),
  'fooled-classes': defineFigure({
    ...matrix,
    results: ['fooled-classes'],
    derive: (results) => fooledData(results['fooled-classes']),
    title: 'Into which class each digit is fooled',
  }),
  'smallest-epsilon': defineFigure({
    results: ['fgsm-curve', 'iterative-curve'],
    derive: (results) => smallestEpsilonData(results['fgsm-curve'], results['iterative-curve']),
    draw: smallestEpsilonChart,
    table: smallestEpsilonTable,
    title: 'Images by the smallest epsilon that flips them',
    describe: describe.describeSmallestEpsilon,
  }),
  'step-count': defineFigure({
    results: ['steps-curve'],
    derive: (results) => stepCountData(results['steps-curve']),
    draw: stepCountChart,
    table: stepCountTable,
    title: 'Accuracy against the number of steps',
    describe: describe.describeStepCount,
  }),
  'random-signs': defineFigure({
    results: ['random-signs', 'fgsm-curve', 'iterative-curve'],
    derive: (results) =>
      randomSignsData(results['random-signs'], results['fgsm-curve'], results['iterative-curve']),
    draw: randomSignsChart,
    table: randomSignsTable,
    title: 'Steps along random signs and along those of the gradient',
    describe: describe.describeRandomSigns,
  }),
  'precision-signs': defineFigure({
    results: ['precision'],
    derive: ({ precision }) => precision,
    draw: precisionChart,
    table: precisionTable,
    values: precisionValues,
    title: 'Wrong signs of float32 gradients against the doubt of the network',
    describe: describe.describePrecision,
  }),
  'precision-accuracy': defineFigure({
    results: ['fgsm-curve'],
    derive: (results) => lossDifferenceData(results['fgsm-curve']),
    draw: differenceChart,
    table: differenceTable,
    title: 'Accuracy under float32 cross-entropy less that under the margin',
    describe: describe.describeDifference,
  }),
} satisfies Record<string, Figure>;

/** Name of a figure. */
export type FigureName = keyof typeof figures;

/** All names, in the order of the report. */
export const figureNames = Object.keys(figures) as FigureName[];
