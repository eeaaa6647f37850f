// Accuracy against ε: the graphs of questions 2 and 4, and each attack beside itself without the clip.
import { quotedEpsilon, reportOptions } from '../../compute/options.ts';
import { crossing, curve, rowAt } from '../../compute/results/curve.ts';
import type { FgsmCurve, IterativeCurve, Sweep } from '../../compute/results/schemas.ts';
import { capital, decimal, of255, percent, stepsName } from '../format.ts';
import { accuracyChart, type AccuracyData } from './accuracyChart.ts';
import type { AccuracySeries } from './curveLabels.ts';
import { defineFigure, type FigureTable } from './figure.ts';

const accuracy = { draw: accuracyChart, table };

/** Question 2: FGSM, with a marker at question 1's ε. */
export const fgsmCurve = defineFigure({
  ...accuracy,
  description: 'Accuracy against epsilon after one step of FGSM, with its 95 % interval over images.',
  results: ['fgsm-curve'],
  data: ({ 'fgsm-curve': { clipped } }): AccuracyData => ({
    images: clipped.indices.length,
    series: [fgsmSeries(clipped)],
    marker: markerOn(clipped),
  }),
  title: ({ series: [{ half, rows }] }) =>
    half === undefined
      ? `With one step ${fromEndToEnd(rows)}`
      : `Accuracy falls to a half at _ε_ ≈ ${decimal(half, 3)}, or ${of255(half)} of 255`,
});

/** Question 4: iterative FGSM beside FGSM, with a marker at question 1's ε. */
export const iterativeCurve = defineFigure({
  ...accuracy,
  description: 'Accuracy against epsilon after several steps and after one, with 95 % intervals over images.',
  results: ['iterative-curve', 'fgsm-curve'],
  data: ({ 'iterative-curve': { clipped }, 'fgsm-curve': fgsm }): AccuracyData => {
    const short = stepsName(clipped.steps);
    return {
      images: clipped.indices.length,
      series: [
        fgsmSeries(fgsm.clipped),
        toSeries(clipped, { style: 'iterative', name: capital(short), short }),
      ],
      marker: markerOn(clipped),
      stepsPerEpsilon: clipped.steps,
    };
  },
  title: ({ series: [fgsm, iterative] }) => {
    const { short, half, rows } = iterative!;
    if (half === undefined || fgsm.half === undefined) return `With ${short} ${fromEndToEnd(rows)}`;
    return `With ${short} accuracy falls to a half at _ε_ ≈ ${decimal(half, 3)}, with one at ${decimal(fgsm.half, 3)}`;
  },
});

/** FGSM with and without the clip to [0, 1]. */
export const fgsmUnclipped = defineFigure({
  ...accuracy,
  description: 'Accuracy against epsilon after one step of FGSM, clipped to valid pixels and not clipped.',
  results: ['fgsm-curve'],
  data: ({ 'fgsm-curve': curves }) => withoutClip(curves, 'fgsm'),
  title: clipTitle,
});

/** Iterative FGSM with and without the clip to [0, 1]. */
export const iterativeUnclipped = defineFigure({
  ...accuracy,
  description: 'Accuracy against epsilon after several steps, clipped to valid pixels and not clipped.',
  results: ['iterative-curve'],
  data: ({ 'iterative-curve': curves }) => withoutClip(curves, 'iterative'),
  title: clipTitle,
});

/** A sweep as a curve. */
function toSeries(sweep: Sweep, look: Pick<AccuracySeries, 'style' | 'name' | 'short'>): AccuracySeries {
  const rows = curve(sweep);
  return { ...look, rows, half: crossing(rows, 0.5) };
}

function fgsmSeries(sweep: Sweep): AccuracySeries {
  return toSeries(sweep, { style: 'fgsm', name: 'FGSM, one step', short: 'FGSM' });
}

function withoutClip({ clipped, unclipped }: FgsmCurve | IterativeCurve, style: 'fgsm' | 'iterative') {
  return {
    images: clipped.indices.length,
    steps: clipped.steps,
    series: [
      toSeries(clipped, { style, name: 'Clipped', short: 'clipped' }),
      toSeries(unclipped, { style: 'comparison', name: 'Not clipped', short: 'not clipped' }),
    ] as const,
    marker: markerOn(clipped),
    height: 360,
  };
}

function clipTitle({ steps, series }: ReturnType<typeof withoutClip>): string {
  const epsilon = quotedEpsilon(series[0].rows.map((row) => row.epsilon));
  const [clipped, unclipped] = series.map(({ rows }) => percent(rowAt(rows, epsilon).accuracy));
  return `After ${stepsName(steps)} at _ε_ = ${epsilon} accuracy is ${clipped} with the clip, ${unclipped} without`;
}

/** Question 1's ε, if the sweep has a row there: a coarser grid than the report's may not. */
function markerOn({ epsilons }: Sweep): number | undefined {
  return epsilons.find((epsilon) => epsilon === reportOptions.example.epsilon);
}

function fromEndToEnd(rows: AccuracySeries['rows']): string {
  const [first, last] = [rows[0]!, rows[rows.length - 1]!];
  return `accuracy goes from ${percent(first.accuracy)} to ${percent(last.accuracy)} at _ε_ = ${last.epsilon}`;
}

/** A row for each ε: its value of 255, then accuracy and interval of each curve. */
function table({ series }: AccuracyData): FigureTable {
  const names = series.flatMap(({ short }) => [short, `${short}, low`, `${short}, high`]);
  return {
    header: ['epsilon', 'of 255', ...names],
    print: [(value) => decimal(value, 3), (value) => decimal(value, 1), ...names.map(() => percent)],
    rows: series[0].rows.map(({ epsilon }, i) => [
      epsilon,
      epsilon * 255,
      ...series.flatMap(({ rows }) => [rows[i]!.accuracy, rows[i]!.low, rows[i]!.high]),
    ]),
  };
}
