// Accuracy against the number of steps k, at a few ε.
import { lineY } from '@observablehq/plot';
import { reportOptions } from '../../compute/options.ts';
import { accuracy } from '../../compute/results/curve.ts';
import { count, decimal, listed, numberWord, percent } from '../format.ts';
import { defineFigure } from './figure.ts';
import { band, endLabels, label, percentTicks, points, xAxis, yAxis } from './marks.ts';

/** Accuracy after each number of steps with its 95 % Wilson interval, a line for each ε. */
export const stepsCurve = defineFigure({
  results: ['steps-curve'],
  data: ({ 'steps-curve': { epsilons, steps, labels, predicted } }) => ({
    images: labels.length,
    steps,
    lines: epsilons.map((epsilon, i) => ({
      epsilon,
      rows: steps.map((k, j) => ({ steps: k, ...accuracy(labels, predicted[i]![j]!) })),
    })),
  }),
  title: ({ lines, steps: grid }) => {
    const { epsilon, rows } = lines[0]!;
    // The first and the last row, and that of question 3's k between them.
    const ends = [grid[0], reportOptions.example.steps, grid.at(-1)];
    const [first, ...others] = rows
      .filter(({ steps }) => ends.includes(steps))
      .map(({ steps, value }) => `${percent(value)} after ${numberWord(steps)}`);
    const texts = [`${first} step${grid[0] === 1 ? '' : 's'}`, ...others];
    return `At _ε_ = ${epsilon} accuracy is ${listed(texts)}`;
  },
  description: 'Accuracy against the number of steps on a logarithmic axis, a line for each epsilon.',
  // k = 1 is FGSM and marked as that.
  draw: ({ images, steps, lines }, small) => {
    const highs = lines.flatMap(({ rows }) => rows.map(({ high }) => high));
    const top = Math.ceil(Math.max(...highs) * 10) / 10;
    return {
      ...(small ? { height: 290, marginLeft: 44 } : { height: 340 }),
      marginRight: 80,
      x: { type: 'log', domain: [1, Math.max(...steps, 2)], range: small ? [60, 262] : [70, 836] },
      y: { domain: [0, top] },
      marks: [
        yAxis({
          ...percentTicks([0, 0.25, 0.5, 0.75, 1].filter((tick) => tick <= top)),
          title: `Accuracy on ${count(images)} test images`,
        }),
        xAxis({ ticks: steps, format: String, title: 'number of steps, _k_, each of _ε_/_k_', flush: false }),
        ...lines.map(({ rows }) => band(rows, 'steps', 'iterative')),
        ...lines.map(({ rows }) => lineY(rows, { x: 'steps', y: 'value', className: 'ln iterative' })),
        ...lines.flatMap(({ epsilon, rows }) => {
          const title = (row: (typeof rows)[number]) =>
            `ε = ${epsilon}, k = ${row.steps}: ${percent(row.value)}`;
          const look = { x: 'steps', y: 'value', r: small ? 3 : 3.6, title };
          return [
            points(
              rows.filter((row) => row.steps > 1),
              { ...look, style: 'iterative' },
            ),
            points(
              rows.filter((row) => row.steps === 1),
              { ...look, style: 'fgsm' },
            ),
          ];
        }),
        label({ x: 1, y: Math.max(...lines.map(({ rows }) => rows[0]!.value)) }, '_k_ = 1 is FGSM', {
          dx: 10,
          dy: -8,
        }),
        endLabels(
          lines.map(({ epsilon, rows }) => ({
            x: steps.at(-1)!,
            y: rows.at(-1)!.value,
            text: `_ε_ = ${epsilon}`,
            style: 'iterative',
          })),
        ),
      ],
    };
  },
  table: ({ lines }) => ({
    header: ['epsilon', 'steps', 'accuracy', 'low', 'high'],
    print: [(value) => decimal(value, 2), String, percent, percent, percent],
    rows: lines.flatMap(({ epsilon, rows }) =>
      rows.map(({ steps, value, low, high }) => [epsilon, steps, value, low, high]),
    ),
  }),
});
