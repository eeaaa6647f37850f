// The learning curve: loss or accuracy against the epoch, on the training and the validation images.
import { lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import type { Training } from '../../compute/results/schemas.ts';
import { decimal, percent } from '../format.ts';
import { endLabels } from './endLabels.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { xAxis, yAxis } from './marks.ts';
import { plotFigure } from './plotFigure.ts';
import { points } from './points.ts';

/** The epochs, and which of the two values is drawn. */
export interface LearningData {
  metric: 'loss' | 'accuracy';
  epochs: Training['epochs'];
}

/**
 * Two lines over the epochs; the accuracy axis starts below the lowest value, the loss axis at 0.
 *
 * @throws if there is no epoch
 */
export function learningCurve(data: LearningData, options: FigureOptions): SVGSVGElement {
  const { metric, epochs } = data;
  if (epochs.length === 0) throw new RangeError('invalid epochs: 0, expected at least one');
  const small = options.size === 'small';
  const share = metric === 'accuracy';
  const curves = [
    {
      name: 'validation',
      style: 'fgsm',
      symbol: 'circle',
      of: share ? 'validationAccuracy' : 'validationLoss',
    },
    { name: 'training', style: 'comparison', symbol: 'triangle', of: metric },
  ] as const;
  const all = curves.flatMap(({ of }) => epochs.map((epoch) => epoch[of]));
  const low = share ? Math.floor(Math.min(...all) * 50) / 50 : 0;
  const high = share ? 1 : Math.max(...all) * 1.04;
  const values = ticks(low, high, 4);
  const axisValue = (value: number) => String(Number((share ? value * 100 : value).toFixed(6)));
  const print = (value: number) => (share ? percent(value, 2) : decimal(value, 4));
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
        ticks: values,
        format: (value, i) => (share && i === values.length - 1 ? percent(value, 0) : axisValue(value)),
        title: share ? 'Accuracy' : 'Loss (cross-entropy)',
      }),
      xAxis({ ticks: epochTicks(epochs.length), format: String, title: 'epoch', flush: false }),
      ...curves.map(({ of, style }) => lineY(epochs, { x: 'epoch', y: of, className: `ln ${style}` })),
      ...curves.map(({ of, style, symbol, name }) =>
        points(epochs, {
          x: ({ epoch }) => epoch,
          y: (epoch) => epoch[of],
          className: style,
          symbol,
          radius: 3,
          title: (epoch) => `epoch ${epoch.epoch}, ${name} ${print(epoch[of])}`,
        }),
      ),
      endLabels(curves.map(({ name, of, style }) => ({ x: last.epoch, y: last[of], text: name, style }))),
    ],
  });
}

/** Whole epochs, ten at most. */
function epochTicks(epochs: number): number[] {
  return ticks(1, epochs, Math.min(epochs, 10)).filter(Number.isInteger);
}

/** A row for each epoch. */
export function learningTable({ epochs }: LearningData): FigureTable {
  return {
    header: ['epoch', 'learning rate', 'loss', 'accuracy', 'validation loss', 'validation accuracy'],
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
