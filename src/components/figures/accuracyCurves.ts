// Accuracy against ε: the graphs of questions 2 and 4, and each attack beside itself without the clip.
import { quotedEpsilon, reportOptions } from '../../compute/options.ts';
import { crossing, curve, rowAt } from '../../compute/results/curve.ts';
import { otherNames } from '../../compute/results/networkNames.ts';
import { isImported } from '../../compute/results/root.ts';
import type { NetworkCurves, Sweep } from '../../compute/results/schemas.ts';
import { capital, decimal, of255, percent, stepsName } from '../format.ts';
import { accuracyChart, type AccuracyData, type AccuracySeries } from './accuracyChart.ts';
import { defineFigure, type FigureTable } from './figure.ts';

const accuracy = { draw: accuracyChart, table, values: withOthers };

// An imported network has no other trainings to draw thin lines of.
const networkCurves: readonly 'network-curves'[] = isImported() ? [] : ['network-curves'];
const thinLines = isImported() ? '.' : '; thin lines for other trainings.';

/** Question 2: FGSM, with a marker at question 1's ε. */
export const fgsmCurve = defineFigure({
  ...accuracy,
  description:
    'Accuracy against epsilon after one step of FGSM, with its 95 % interval over images' + thinLines,
  results: ['fgsm-curve', ...networkCurves],
  data: ({ 'fgsm-curve': { clipped }, 'network-curves': networks }): AccuracyData => ({
    images: clipped.indices.length,
    series: [fgsmSeries(clipped)],
    others: otherTrainings('fgsm', networks),
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
  description:
    'Accuracy against epsilon after several steps and after one, with 95 % intervals over images' + thinLines,
  results: ['iterative-curve', 'fgsm-curve', ...networkCurves],
  data: ({
    'iterative-curve': { clipped },
    'fgsm-curve': fgsm,
    'network-curves': networks,
  }): AccuracyData => {
    const short = stepsName(clipped.steps);
    return {
      images: clipped.indices.length,
      series: [
        fgsmSeries(fgsm.clipped),
        toSeries(clipped, { style: 'iterative', name: capital(short), short }),
      ],
      others: otherTrainings('iterative', networks),
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

/** The network that is trained against the attack beside the first one, several steps, and one as thin lines. */
export const defendedCurve = defineFigure({
  ...accuracy,
  description:
    'Accuracy against epsilon after several steps, of the first network and of the one trained against the attack; thin lines for one step.',
  results: ['network-curves', 'iterative-curve', 'fgsm-curve'],
  data: ({ 'network-curves': { networks }, 'iterative-curve': first, 'fgsm-curve': fgsm }): AccuracyData => {
    const defended = networks.at(-1)!;
    return {
      images: first.clipped.indices.length,
      // The shorter curve first: the table ends with it.
      series: [
        toSeries(defended.iterative, { style: 'iterative', name: 'Defended', short: 'defended' }),
        toSeries(first.clipped, { style: 'comparison', name: 'First network', short: 'first' }),
      ],
      others: [
        { style: 'comparison', name: 'first, one step', rows: curve(fgsm.clipped) },
        { style: 'iterative', name: 'defended, one step', rows: curve(defended.fgsm) },
      ],
      marker: markerOn(first.clipped),
      stepsPerEpsilon: first.clipped.steps,
    };
  },
  title: ({ series }) => {
    const [epsilon, defended, first] = quoted(series);
    return `At _ε_ = ${epsilon} accuracy is ${defended} where the network was trained against the attack, ${first} where it was not`;
  },
});

export const fgsmUnclipped = withoutClip('fgsm', 'one step of FGSM');
export const iterativeUnclipped = withoutClip('iterative', 'several steps');

function withoutClip(style: 'fgsm' | 'iterative', attack: string) {
  const result = `${style}-curve` as const;
  return defineFigure({
    ...accuracy,
    description: `Accuracy against epsilon after ${attack}, clipped to valid pixels and not clipped.`,
    results: [result],
    data: ({ [result]: { clipped, unclipped } }) => ({
      images: clipped.indices.length,
      steps: clipped.steps,
      series: [
        toSeries(clipped, { style, name: 'Clipped', short: 'clipped' }),
        toSeries(unclipped, { style: 'comparison', name: 'Not clipped', short: 'not clipped' }),
      ] as const,
      marker: markerOn(clipped),
      height: 360,
    }),
    title: ({ steps, series }) => {
      const [epsilon, clipped, unclipped] = quoted(series);
      return `After ${stepsName(steps)} at _ε_ = ${epsilon} accuracy is ${clipped} with the clip, ${unclipped} without`;
    },
  });
}

function toSeries(sweep: Sweep, look: Pick<AccuracySeries, 'style' | 'name' | 'short'>): AccuracySeries {
  const rows = curve(sweep);
  return { ...look, rows, half: crossing(rows, 0.5) };
}

function fgsmSeries(sweep: Sweep): AccuracySeries {
  return toSeries(sweep, { style: 'fgsm', name: 'FGSM, one step', short: 'FGSM' });
}

/** The same curve of the recipe's other trainings, as thin lines. */
function otherTrainings(
  style: 'fgsm' | 'iterative',
  { networks }: Pick<NetworkCurves, 'networks'> = { networks: [] },
) {
  return networks
    .filter(({ name }) => otherNames.some((other) => other === name))
    .map((network) => ({
      style,
      name: `${network.name}, ${stepsName(network[style].steps)}`,
      rows: curve(network[style]),
    }));
}

/** The ε that the text quotes, and the accuracy of both curves there. */
function quoted(series: AccuracyData['series']): [epsilon: number, first: string, second: string] {
  const epsilon = quotedEpsilon(series[0].rows.map((row) => row.epsilon));
  const [first, second] = series.map(({ rows }) => percent(rowAt(rows, epsilon).accuracy));
  return [epsilon, first!, second!];
}

/** Question 1's ε, if the sweep has a row there: a coarser grid than the report's may not. */
function markerOn({ epsilons }: Sweep): number | undefined {
  return epsilons.find((epsilon) => epsilon === reportOptions.example.epsilon);
}

function fromEndToEnd(rows: AccuracySeries['rows']): string {
  const [first, last] = [rows[0]!, rows[rows.length - 1]!];
  return `accuracy goes from ${percent(first.accuracy)} to ${percent(last.accuracy)} at _ε_ = ${last.epsilon}`;
}

/** The table, with a column for each thin line. */
function withOthers(data: AccuracyData): FigureTable {
  const { header, rows } = table(data);
  const { others = [] } = data;
  return {
    header: [...header, ...others.map(({ name }) => name)],
    rows: rows.map((row, i) => [...row, ...others.map((other) => other.rows[i]?.accuracy ?? '')]),
  };
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
