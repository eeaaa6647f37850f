// The learning curves: loss and accuracy against the epoch, on the training and the validation images.
import { dot, lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import type { Training } from '../../compute/results/schemas.ts';
import { count, decimal, percent } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { endLabels, percentTicks, xAxis, yAxis } from './marks.ts';

/** The epochs, and which of the two values is drawn. */
export interface TrainingData {
  metric: 'loss' | 'accuracy';
  epochs: Training['epochs'];
}

const keys = {
  loss: { training: 'loss', validation: 'validationLoss' },
  accuracy: { training: 'accuracy', validation: 'validationAccuracy' },
} as const;

/** Loss by epoch. */
export const trainingLoss = learningCurve('loss');

/** Accuracy by epoch. */
export const trainingAccuracy = learningCurve('accuracy');

function learningCurve(metric: TrainingData['metric']) {
  return defineFigure({
    results: ['training'],
    data: ({ training: { epochs } }): TrainingData => ({ metric, epochs }),
    title: ({ epochs }) => {
      const last = epochs[epochs.length - 1]!;
      const value = (set: 'training' | 'validation') => print(metric, last[keys[metric][set]]);
      return `After ${count(epochs.length)} epoch${epochs.length === 1 ? '' : 's'} the ${metric} is ${value('training')} in training and ${value('validation')} in validation`;
    },
    description: `The ${metric} by epoch, on the training and on the validation images.`,
    draw,
    table,
  });
}

function print(metric: TrainingData['metric'], value: number): string {
  return metric === 'accuracy' ? percent(value, 2) : decimal(value, 4);
}

/** Two lines over the epochs; the accuracy axis starts below the lowest value, the loss axis at 0. */
function draw({ metric, epochs }: TrainingData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const share = metric === 'accuracy';
  const curves = [
    { name: 'validation', style: 'fgsm', symbol: 'circle' },
    { name: 'training', style: 'comparison', symbol: 'triangle' },
  ] as const;
  const all = curves.flatMap(({ name }) => epochs.map((epoch) => epoch[keys[metric][name]]));
  const low = share ? Math.floor(Math.min(...all) * 50) / 50 : 0;
  const high = share ? 1 : Math.max(...all) * 1.04;
  const values = ticks(low, high, 4);
  const last = epochs[epochs.length - 1]!;
  return plotFigure(options, {
    width: small ? 350 : 443,
    height: 280,
    marginTop: 36,
    marginRight: 76,
    marginBottom: 50,
    marginLeft: 46,
    x: { domain: [Math.min(1, last.epoch - 1), last.epoch] },
    y: { domain: [low, high] },
    marks: [
      yAxis({
        ...(share ? percentTicks(values) : { ticks: values, format: String }),
        title: share ? 'Accuracy' : 'Loss (cross-entropy)',
      }),
      xAxis({
        ticks: ticks(1, epochs.length, Math.min(epochs.length, 10)).filter(Number.isInteger),
        format: String,
        title: 'epoch',
        flush: false,
      }),
      ...curves.map(({ name, style }) =>
        lineY(epochs, { x: 'epoch', y: keys[metric][name], className: `ln ${style}` }),
      ),
      ...curves.map(({ name, style, symbol }) =>
        dot(epochs, {
          x: 'epoch',
          y: keys[metric][name],
          className: `pt ${style}`,
          symbol,
          r: 3,
          title: (epoch: Training['epochs'][number]) =>
            `epoch ${epoch.epoch}, ${name} ${print(metric, epoch[keys[metric][name]])}`,
        }),
      ),
      endLabels(
        curves.map(({ name, style }) => ({ x: last.epoch, y: last[keys[metric][name]], text: name, style })),
      ),
    ],
  });
}

/** A row for each epoch. */
function table({ epochs }: TrainingData): FigureTable {
  const loss = (value: number) => decimal(value, 4);
  return {
    header: ['epoch', 'learning rate', 'loss', 'accuracy', 'validation loss', 'validation accuracy'],
    print: [String, loss, loss, percent, loss, percent],
    rows: epochs.map((epoch) => [
      epoch.epoch,
      epoch.learningRate,
      epoch.loss,
      epoch.accuracy,
      epoch.validationLoss,
      epoch.validationAccuracy,
    ]),
  };
}
