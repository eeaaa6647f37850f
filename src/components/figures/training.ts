// The learning curves: loss and accuracy against the epoch, on the training and the validation images.
import { lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import { count, decimal, percent } from '../format.ts';
import { defineFigure } from './figure.ts';
import { endLabels, percentTicks, points, xAxis, yAxis } from './marks.ts';

export const trainingLoss = learningCurve('loss');
export const trainingAccuracy = learningCurve('accuracy');

function learningCurve(metric: 'loss' | 'accuracy') {
  const share = metric === 'accuracy';
  const validation = share ? 'validationAccuracy' : 'validationLoss';
  const print = (value: number) => (share ? percent(value, 2) : decimal(value, 4));
  const curves = [
    { name: 'validation', key: validation, style: 'fgsm' },
    { name: 'training', key: metric, style: 'comparison' },
  ] as const;
  return defineFigure({
    results: ['training'],
    data: ({ training: { epochs } }) => epochs,
    title: (epochs) => {
      const last = epochs.at(-1)!;
      return `After ${count(epochs.length)} epoch${epochs.length === 1 ? '' : 's'} the ${metric} is ${print(last[metric])} in training and ${print(last[validation])} in validation`;
    },
    description: `The ${metric} by epoch, on the training and on the validation images.`,
    // The accuracy axis starts below the lowest value, the loss axis at 0.
    draw: (epochs, small) => {
      const all = curves.flatMap(({ key }) => epochs.map((epoch) => epoch[key]));
      const low = share ? Math.floor(Math.min(...all) * 50) / 50 : 0;
      const high = share ? 1 : Math.max(...all) * 1.04;
      const values = ticks(low, high, 4);
      const last = epochs.at(-1)!;
      return {
        width: small ? 350 : 443,
        height: 280,
        marginRight: 76,
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
          ...curves.map(({ key, style }) => lineY(epochs, { x: 'epoch', y: key, className: `ln ${style}` })),
          ...curves.map(({ name, key, style }) =>
            points(epochs, {
              x: 'epoch',
              y: key,
              style,
              r: 3,
              title: (epoch) => `epoch ${epoch.epoch}, ${name} ${print(epoch[key])}`,
            }),
          ),
          endLabels(
            curves.map(({ name, key, style }) => ({ x: last.epoch, y: last[key], text: name, style })),
          ),
        ],
      };
    },
    table: (epochs) => {
      const keys = [
        'epoch',
        'learningRate',
        'loss',
        'accuracy',
        'validationLoss',
        'validationAccuracy',
      ] as const;
      const loss = (value: number) => decimal(value, 4);
      return {
        header: ['epoch', 'learning rate', 'loss', 'accuracy', 'validation loss', 'validation accuracy'],
        print: [String, loss, loss, percent, loss, percent],
        rows: epochs.map((epoch) => keys.map((key) => epoch[key])),
      };
    },
  });
}
