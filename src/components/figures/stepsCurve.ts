// Accuracy against the number of steps k, at a few ε.
import { areaY, dot, lineY } from '@observablehq/plot';
import { reportOptions } from '../../compute/options.ts';
import { accuracy } from '../../compute/results/curve.ts';
import { count, decimal, numberWord, percent } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { endLabels, label, percentTicks, xAxis, yAxis } from './marks.ts';

/** Accuracy after k steps, with its 95 % Wilson interval. */
interface StepsRow {
  steps: number;
  value: number;
  low: number;
  high: number;
}

/** A line for each ε. */
export interface StepsCurveData {
  images: number;
  lines: readonly { epsilon: number; rows: readonly StepsRow[] }[];
}

/** Accuracy after each number of steps, for each ε. */
export const stepsCurve = defineFigure({
  results: ['steps-curve'],
  data: ({ 'steps-curve': { epsilons, steps, labels, predicted } }): StepsCurveData => ({
    images: labels.length,
    lines: epsilons.map((epsilon, i) => ({
      epsilon,
      rows: steps.map((k, j) => ({ steps: k, ...accuracy(labels, predicted[i]![j]!) })),
    })),
  }),
  title: ({ lines }) => {
    const { epsilon, rows } = lines[0]!;
    const [first, ...others] = quoted(rows).map(
      ({ steps, value }) => `${percent(value)} after ${numberWord(steps)}`,
    );
    const texts = [`${first} step${rows[0]!.steps === 1 ? '' : 's'}`, ...others];
    return `At _ε_ = ${epsilon} accuracy is ${new Intl.ListFormat('en-GB').format(texts)}`;
  },
  description: 'Accuracy against the number of steps on a logarithmic axis, a line for each epsilon.',
  draw,
  table,
});

/** The first and the last row, and that of question 3's k between them. */
function quoted(rows: readonly StepsRow[]): StepsRow[] {
  const between = ({ steps }: StepsRow) => steps === reportOptions.example.steps;
  return rows.filter((row, i) => i === 0 || i === rows.length - 1 || between(row));
}

/** Accuracy against k on a logarithmic axis; k = 1 is FGSM and marked as that. */
function draw({ images, lines }: StepsCurveData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const all = lines.flatMap(({ rows }) => rows);
  const steps = lines[0]!.rows.map((row) => row.steps);
  const top = Math.ceil(Math.max(...all.map(({ high }) => high)) * 10) / 10;
  const highest = [...lines].sort((a, b) => b.rows[0]!.value - a.rows[0]!.value)[0]!;
  return plotFigure(options, {
    ...(small ? { width: 350, height: 290, marginLeft: 44 } : { width: 932, height: 340, marginLeft: 46 }),
    marginTop: 36,
    marginRight: 80,
    marginBottom: 50,
    x: { type: 'log', domain: [1, Math.max(...steps, 2)], range: small ? [60, 262] : [70, 836] },
    y: { domain: [0, top] },
    marks: [
      yAxis({
        ...percentTicks([0, 0.25, 0.5, 0.75, 1].filter((tick) => tick <= top)),
        title: `Accuracy on ${count(images)} test images`,
      }),
      xAxis({ ticks: steps, format: String, title: 'number of steps, _k_, each of _ε_/_k_', flush: false }),
      ...lines.map(({ rows }) =>
        areaY(rows, { x: 'steps', y1: 'low', y2: 'high', className: 'band iterative' }),
      ),
      ...lines.map(({ rows }) => lineY(rows, { x: 'steps', y: 'value', className: 'ln iterative' })),
      ...lines.flatMap(({ epsilon, rows }) => {
        const title = (row: StepsRow) => `ε = ${epsilon}, k = ${row.steps}: ${percent(row.value)}`;
        const r = small ? 3 : 3.6;
        return [
          dot(
            rows.filter((row) => row.steps > 1),
            { x: 'steps', y: 'value', className: 'pt iterative', symbol: 'square', r, title },
          ),
          dot(
            rows.filter((row) => row.steps === 1),
            { x: 'steps', y: 'value', className: 'pt fgsm', r, title },
          ),
        ];
      }),
      label({ x: 1, y: highest.rows[0]!.value }, '_k_ = 1 is FGSM', { dx: 10, dy: -8, className: 'lab' }),
      endLabels(
        lines.map(({ epsilon, rows }) => ({
          x: rows[rows.length - 1]!.steps,
          y: rows[rows.length - 1]!.value,
          text: `_ε_ = ${epsilon}`,
          style: 'iterative',
        })),
      ),
    ],
  });
}

/** A row for each ε and k. */
function table({ lines }: StepsCurveData): FigureTable {
  return {
    header: ['epsilon', 'steps', 'accuracy', 'low', 'high'],
    print: [(value) => decimal(value, 2), String, percent, percent, percent],
    rows: lines.flatMap(({ epsilon, rows }) =>
      rows.map(({ steps, value, low, high }) => [epsilon, steps, value, low, high]),
    ),
  };
}
