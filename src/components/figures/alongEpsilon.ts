// The idea of question 1: along ε the margin climbs nearly in a straight line, while the loss sees it only above 0.
import { lineY, type RenderFunction } from '@observablehq/plot';
import { ticks } from 'd3';
import { marginOf } from '../../compute/statistics.ts';
import { decimal, loss as writeLoss } from '../format.ts';
import { defineFigure, type FigureTable } from './figure.ts';
import { drawLine, epsilonAxis, label, mark, yAxis } from './marks.ts';

interface AlongRow {
  epsilon: number;
  margin: number;
  loss: number;
}

/** Margin and loss of question 1's image, up to its ε. */
export const fgsmAlongEpsilon = defineFigure({
  results: ['fgsm-example'],
  data: ({ 'fgsm-example': { label: trueClass, epsilon: last, alongEpsilon } }) => {
    const rows = alongEpsilon
      .filter(({ epsilon }) => epsilon <= last)
      .map(({ epsilon, prediction }): AlongRow => {
        const margin = marginOf(prediction.logits, trueClass);
        return { epsilon, margin, loss: softplus(margin) };
      });
    return { label: trueClass, rows, crossing: zeroOf(rows) };
  },
  title: ({ label: trueClass, rows, crossing }) => {
    const { margin, loss } = rows[0]!;
    if (crossing === undefined) {
      const side = margin < 0 ? 'does not rise to' : 'stays above';
      return `Up to _ε_ = ${rows.at(-1)!.epsilon} the margin of the ${trueClass} ${side} 0`;
    }
    return `By _ε_ ≈ ${decimal(crossing, 3)} the margin has climbed from ${decimal(margin, 1)} to 0, the loss from ${writeLoss(loss)} to ${writeLoss(Math.LN2)}`;
  },
  description: 'Margin and loss of one image against epsilon after one step: a line and its part above zero.',
  // Both on one axis, for both are logits' differences: the loss as a broad line under the margin's.
  draw: ({ rows, crossing }, small) => {
    const values = rows.flatMap(({ margin, loss }) => [margin, loss]);
    const domain = [Math.floor(Math.min(0, ...values)), Math.ceil(Math.max(1, ...values))] as const;
    const last = rows.at(-1)!.epsilon;
    const at = (share: number) => rows[Math.round(share * (rows.length - 1))]!;
    return {
      height: small ? 300 : 340,
      marginLeft: 38,
      x: { domain: [0, last] },
      y: { domain },
      marks: [
        yAxis({
          ticks: ticks(...domain, 5),
          format: (value) => decimal(value),
          title: 'Margin _m_ and loss _L_',
        }),
        epsilonAxis(last),
        lineY(rows, { x: 'epsilon', y: 'loss', className: 'ln loss' }),
        lineY(rows, { x: 'epsilon', y: 'margin', className: 'ln fgsm' }),
        label({ x: at(0.14).epsilon, y: at(0.14).margin }, 'margin', { dx: 12, dy: 16, className: 'lab b' }),
        label({ x: at(0.06).epsilon, y: at(0.06).loss }, 'loss', { dy: -10, className: 'lab q' }),
        ...(crossing === undefined ? [] : zero(crossing)),
      ],
    };
  },
  // Of the ε of the sweeps' grid, multiples of 1/40.
  table: ({ rows }) => tableOf(rows.filter(({ epsilon }) => Number.isInteger(epsilon * 40))),
  values: ({ rows }) => tableOf(rows),
});

/** L = log(1 + e^m). */
function softplus(margin: number): number {
  return Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
}

/** ε at which the margin first rises through 0, on the line between two rows. */
function zeroOf(rows: readonly AlongRow[]): number | undefined {
  const i = rows.findIndex(({ margin }, at) => at > 0 && margin >= 0 && rows[at - 1]!.margin < 0);
  if (i < 0) return undefined;
  const [before, after] = [rows[i - 1]!, rows[i]!];
  const share = before.margin / (before.margin - after.margin);
  return before.epsilon + share * (after.epsilon - before.epsilon);
}

/** Where the margin is 0: a short rule through the axis, with its ε below. */
function zero(crossing: number): RenderFunction[] {
  const rule = mark((g, { x, y }) => {
    drawLine(g, 'mk', { x1: x(crossing), x2: x(crossing), y1: y(0) - 7, y2: y(0) + 7 });
  });
  const text = `_m_ = 0 at _ε_ ≈ ${decimal(crossing, 3)}`;
  return [rule, label({ x: crossing, y: 0 }, text, { dx: 10, dy: 20 })];
}

function tableOf(rows: readonly AlongRow[]): FigureTable {
  return {
    header: ['epsilon', 'margin', 'loss'],
    print: [3, 4, 4].map((decimals) => (value) => decimal(value, decimals)),
    rows: rows.map(({ epsilon, margin, loss }) => [epsilon, margin, loss]),
  };
}
