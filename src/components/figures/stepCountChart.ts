// Accuracy against the number of steps k, at a few ε.
import { areaY, lineY } from '@observablehq/plot';
import { count, percent } from '../format.ts';
import { endLabels } from './endLabels.ts';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { label, xAxis, yAxis } from './marks.ts';
import { plotFigure } from './plotFigure.ts';
import { points } from './points.ts';

/** Accuracy after k steps, with its 95 % Wilson interval. */
export interface StepCountRow {
  steps: number;
  accuracy: number;
  low: number;
  high: number;
}

/** A line for each ε. */
export interface StepCountData {
  images: number;
  lines: readonly { epsilon: number; rows: readonly StepCountRow[] }[];
}

/**
 * Accuracy against k on a logarithmic axis; k = 1 is FGSM and marked as that.
 *
 * @throws if there is no line, or a line without rows
 */
export function stepCountChart({ images, lines }: StepCountData, options: FigureOptions): SVGSVGElement {
  if (lines.length === 0 || lines.some(({ rows }) => rows.length === 0)) {
    throw new RangeError(`invalid lines: ${lines.length}, expected at least one, each with rows`);
  }
  const small = options.size === 'small';
  const all = lines.flatMap(({ rows }) => rows);
  const steps = lines[0]!.rows.map((row) => row.steps);
  const top = Math.ceil(Math.max(...all.map(({ high }) => high)) * 10) / 10;
  const ticks = [0, 0.25, 0.5, 0.75, 1].filter((tick) => tick <= top);
  const highest = [...lines].sort((a, b) => b.rows[0]!.accuracy - a.rows[0]!.accuracy)[0]!;
  const place = { x: ({ steps: k }: StepCountRow) => k, y: ({ accuracy }: StepCountRow) => accuracy };
  return plotFigure(options, {
    ...(small ? { width: 350, height: 290, marginLeft: 44 } : { width: 932, height: 340, marginLeft: 46 }),
    marginTop: 36,
    marginRight: 80,
    marginBottom: 50,
    x: { type: 'log', domain: [1, Math.max(...steps, 2)], range: small ? [60, 262] : [70, 836] },
    y: { domain: [0, top] },
    marks: [
      yAxis({
        ticks,
        format: (share, i) => (i === ticks.length - 1 ? percent(share, 0) : String(share * 100)),
        title: `Accuracy on ${count(images)} test images`,
      }),
      xAxis({ ticks: steps, format: String, title: 'number of steps, _k_, each of _ε_/_k_', flush: false }),
      ...lines.map(({ rows }) =>
        areaY(rows, { x: 'steps', y1: 'low', y2: 'high', className: 'band iterative' }),
      ),
      ...lines.map(({ rows }) => lineY(rows, { x: 'steps', y: 'accuracy', className: 'ln iterative' })),
      ...lines.flatMap(({ epsilon, rows }) => {
        const title = (row: StepCountRow) => `ε = ${epsilon}, k = ${row.steps}: ${percent(row.accuracy)}`;
        const radius = small ? 3 : 3.6;
        return [
          points(
            rows.filter((row) => row.steps > 1),
            { ...place, className: 'iterative', symbol: 'square', radius, title },
          ),
          points(
            rows.filter((row) => row.steps === 1),
            { ...place, className: 'fgsm', radius, title },
          ),
        ];
      }),
      label({ x: 1, y: highest.rows[0]!.accuracy }, '_k_ = 1 is FGSM', { dx: 10, dy: -8, className: 'lab' }),
      endLabels(
        lines.map(({ epsilon, rows }) => ({
          x: rows[rows.length - 1]!.steps,
          y: rows[rows.length - 1]!.accuracy,
          text: [{ text: `_ε_ = ${epsilon}`, className: 'iterative' }],
          style: 'iterative',
        })),
      ),
    ],
  });
}

/** A row for each ε and k. */
export function stepCountTable({ lines }: StepCountData): FigureTable {
  return {
    header: ['epsilon', 'steps', 'accuracy', 'low', 'high'],
    rows: lines.flatMap(({ epsilon, rows }) =>
      rows.map(({ steps, accuracy, low, high }) => [epsilon, steps, accuracy, low, high]),
    ),
  };
}
