// The idea of question 1: along ε the margin climbs nearly in a straight line, while the loss sees it only above 0.
import { lineY, type RenderFunction } from '@observablehq/plot';
import { ticks } from 'd3';
import { marginOf } from '../../compute/statistics.ts';
import { decimal, loss as writeLoss } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { drawLine, epsilonAxis, group, label, yAxis } from './marks.ts';

interface AlongRow {
  epsilon: number;
  margin: number;
  loss: number;
}

/** Margin and loss of one image along ε. */
export interface AlongEpsilonData {
  label: number;
  rows: readonly AlongRow[];
  /** ε at which the margin first rises through 0, on the line between two rows. */
  crossing: number | undefined;
}

/** Question 1's image, up to its ε. */
export const fgsmAlongEpsilon = defineFigure({
  results: ['fgsm-example'],
  data: ({ 'fgsm-example': { label: trueClass, epsilon: last, alongEpsilon } }): AlongEpsilonData => {
    const rows = alongEpsilon
      .filter(({ epsilon }) => epsilon <= last)
      .map(({ epsilon, prediction }) => {
        const margin = marginOf(prediction.logits, trueClass);
        return { epsilon, margin, loss: softplus(margin) };
      });
    return { label: trueClass, rows, crossing: zeroOf(rows) };
  },
  title: ({ label: trueClass, rows, crossing }) => {
    const { margin, loss } = rows[0]!;
    if (crossing === undefined) {
      const side = margin < 0 ? 'does not rise to' : 'stays above';
      return `Up to _ε_ = ${rows[rows.length - 1]!.epsilon} the margin of the ${trueClass} ${side} 0`;
    }
    return `By _ε_ ≈ ${decimal(crossing, 3)} the margin has climbed from ${decimal(margin, 1)} to 0, the loss from ${writeLoss(loss)} to ${writeLoss(Math.LN2)}`;
  },
  description: 'Margin and loss of one image against epsilon after one step: a line and its part above zero.',
  draw,
  table,
  values,
});

/** L = log(1 + e^m). */
function softplus(margin: number): number {
  return Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin)));
}

function zeroOf(rows: readonly AlongRow[]): number | undefined {
  const i = rows.findIndex(({ margin }, at) => at > 0 && margin >= 0 && rows[at - 1]!.margin < 0);
  if (i < 0) return undefined;
  const [before, after] = [rows[i - 1]!, rows[i]!];
  const share = before.margin / (before.margin - after.margin);
  return before.epsilon + share * (after.epsilon - before.epsilon);
}

/** Both on one axis, for both are logits' differences: the loss as a broad line under the margin's. */
function draw({ rows, crossing }: AlongEpsilonData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const values = rows.flatMap(({ margin, loss }) => [margin, loss]);
  const domain = [Math.floor(Math.min(0, ...values)), Math.ceil(Math.max(1, ...values))] as const;
  const last = rows[rows.length - 1]!.epsilon;
  const at = (share: number) => rows[Math.round(share * (rows.length - 1))]!;
  return plotFigure(options, {
    ...(small ? { width: 350, height: 300, marginRight: 10 } : { width: 932, height: 340, marginRight: 5 }),
    marginTop: 36,
    marginBottom: 50,
    marginLeft: 38,
    x: { domain: [0, last] },
    y: { domain },
    marks: [
      yAxis({
        ticks: ticks(...domain, 5),
        axisAt: 0,
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
  });
}

/** Where the margin is 0: a short rule through the axis, with its ε below. */
function zero(crossing: number): RenderFunction[] {
  const rule: RenderFunction = (_index, scales, _values, _dimensions, context) => {
    const [x, y] = [Number(scales.x!(crossing)), Number(scales.y!(0))];
    const g = group(context);
    drawLine(g, 'mk', { x1: x, x2: x, y1: y - 7, y2: y + 7 });
    return g.node();
  };
  const text = `_m_ = 0 at _ε_ ≈ ${decimal(crossing, 3)}`;
  return [rule, label({ x: crossing, y: 0 }, text, { dx: 10, dy: 20 })];
}

/** A row for each ε of the sweeps' grid, multiples of 1/40. */
function table({ rows, ...data }: AlongEpsilonData): FigureTable {
  return values({ ...data, rows: rows.filter(({ epsilon }) => Number.isInteger(epsilon * 40)) });
}

/** A row for each ε. */
function values({ rows }: AlongEpsilonData): FigureTable {
  return {
    header: ['epsilon', 'margin', 'loss'],
    print: [3, 4, 4].map((decimals) => (value) => decimal(value, decimals)),
    rows: rows.map(({ epsilon, margin, loss }) => [epsilon, margin, loss]),
  };
}
