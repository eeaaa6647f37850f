// One image along ε: the probability of its class and of those that the network reads in its place.
import { lineY } from '@observablehq/plot';
import { ticks } from 'd3';
import type { FigureOptions, FigureTable } from './figureOptions.ts';
import { drawLine, group, label, writeText, xAxis, yAxis } from './marks.ts';
import { plotFigure, type FigurePlot } from './plotFigure.ts';

/** Probabilities along ε. */
export interface ProbabilityData {
  label: number;
  epsilons: readonly number[];
  /** Classes that are read somewhere along ε, the true one first, with their probability at each ε. */
  classes: readonly { digit: number; values: readonly number[] }[];
  /** Where the verdict changes: it is `from` at the ε before. */
  changes: readonly { epsilon: number; from: number; to: number }[];
}

/**
 * A line for each class that wins somewhere, and a rule where the verdict changes.
 *
 * @throws if a class lacks a value for some ε
 */
export function probabilityChart(data: ProbabilityData, options: FigureOptions): SVGSVGElement {
  const { label: trueClass, epsilons, classes, changes } = data;
  for (const { digit, values } of classes) {
    if (values.length !== epsilons.length) {
      throw new RangeError(
        `invalid values: ${values.length} for class ${digit}, expected ${epsilons.length}`,
      );
    }
  }
  const small = options.size === 'small';
  const maxEpsilon = epsilons[epsilons.length - 1]!;
  return plotFigure(options, {
    ...(small
      ? { width: 350, height: 270, marginLeft: 38, marginRight: 50 }
      : { width: 932, height: 300, marginLeft: 46, marginRight: 60 }),
    marginTop: 40,
    marginBottom: 50,
    x: { domain: [0, maxEpsilon] },
    y: { domain: [0, 1] },
    marks: [
      yAxis({ ticks: [0, 0.25, 0.5, 0.75, 1], format: String, title: 'Probability' }),
      xAxis({ ticks: ticks(0, maxEpsilon, 5), format: String, title: '_ε_, largest change of a pixel' }),
      verdicts(changes),
      ...classes.map(({ digit, values }, i) =>
        lineY(values, {
          x: (_value, j) => epsilons[j]!,
          y: (value: number) => value,
          className: `ln ${digit === trueClass ? 'true' : 'fooled'}${i > 1 ? ' second' : ''}`,
        }),
      ),
      ...classes.map(({ digit, values }) => curveName(digit, values, { epsilons, trueClass })),
    ],
  });
}

/** Name of a class: the true one beside its fall, another over its highest point, or at its end if that is highest. */
function curveName(
  digit: number,
  values: readonly number[],
  { epsilons, trueClass }: { epsilons: readonly number[]; trueClass: number },
): FigurePlot['marks'][number] {
  const text = `_p_(${digit})`;
  const last = values.length - 1;
  if (digit === trueClass) {
    const fall = values.findIndex((value) => value < 0.85);
    const i = fall < 0 ? last : fall;
    return label({ x: epsilons[i]!, y: values[i]! }, text, { dx: 8, className: 'lab b true' });
  }
  const i = values.indexOf(Math.max(...values));
  const atEnd = i > last * 0.85;
  const side = atEnd ? { dx: 9, dy: 4.5 } : { dy: -9, anchor: 'middle' as const };
  return label({ x: epsilons[atEnd ? last : i]!, y: values[atEnd ? last : i]! }, text, {
    ...side,
    className: 'lab b fooled',
  });
}

/** Rules closer than this many pixels share a label. */
const labelWidth = 36;

/** A rule where the verdict changes, with "7→3" at its top; "7→3→8" over rules that are close together. */
function verdicts(changes: ProbabilityData['changes']): FigurePlot['marks'][number] {
  return (_index, scales, _values, { marginTop, height, marginBottom }, context) => {
    const g = group(context);
    const labels: { xs: number[]; text: string }[] = [];
    for (const { epsilon, from, to } of changes) {
      const x = Number(scales.x!(epsilon));
      drawLine(g, 'mk', { x1: x, x2: x, y1: marginTop - 10, y2: height - marginBottom });
      const before = labels[labels.length - 1];
      if (before && x - before.xs[before.xs.length - 1]! < labelWidth) {
        before.xs.push(x);
        before.text += `→${to}`;
      } else labels.push({ xs: [x], text: `${from}→${to}` });
    }
    for (const { xs, text } of labels) {
      const x = (xs[0]! + xs[xs.length - 1]!) / 2;
      writeText(g, text, { x, y: marginTop - 16, anchor: 'middle', className: 'lab b' });
    }
    return g.node();
  };
}

/** A row for each ε. */
export function probabilityTable({ epsilons, classes }: ProbabilityData): FigureTable {
  return {
    header: ['epsilon', ...classes.map(({ digit }) => `p(${digit})`)],
    rows: epsilons.map((epsilon, i) => [epsilon, ...classes.map(({ values }) => values[i]!)]),
  };
}
