// Names of the accuracy curves, on the curves where there is room, else in a key.
import { crossing } from '../../compute/results/curve.ts';
import { decimal } from '../format.ts';
import type { AccuracySeries } from './accuracySeries.ts';
import { group, label, writeText } from './marks.ts';
import type { FigurePlot } from './plotFigure.ts';

type Mark = FigurePlot['marks'][number];

/** Labels on the steep part: that of the curve which falls last right of it, the others left. */
export function curveLabels(series: readonly AccuracySeries[], small: boolean): Mark[] {
  const last = [...series].sort((a, b) => (b.half ?? 1) - (a.half ?? 1))[0];
  return series.flatMap((one) => (one === last ? rightLabel(one, small) : leftLabel(one, small)));
}

/** Name and half-way ε; two lines of text, clear of the curve at the height of the second. */
function rightLabel({ name, style, rows, half }: AccuracySeries, small: boolean): Mark[] {
  const at = { x: crossing(rows, small ? 0.37 : 0.4) ?? rows[rows.length - 1]!.epsilon / 2, y: 0.47 };
  const dx = small ? 7 : 12;
  const labels = [label(at, name, { dx, className: `lab b ${style}` })];
  if (half === undefined) return labels;
  const text = `${small ? 'half' : 'half the images are lost'} at _ε_ ≈ ${decimal(half, 3)}`;
  return [...labels, label(at, text, { dx, dy: small ? 17 : 19, className: 'lab q' })];
}

/** The name, a word a line on the small chart; a curve that falls early is labelled lower, where there is room. */
function leftLabel({ name, style, rows, half }: AccuracySeries, small: boolean): Mark[] {
  const share = (half ?? 1) / rows[rows.length - 1]!.epsilon;
  const level = share < 0.16 ? 0.24 : 0.47;
  const at = { x: crossing(rows, level + 0.04) ?? rows[rows.length - 1]!.epsilon / 2, y: level };
  const side = { dx: small ? -8 : -18, anchor: 'end' as const };
  const bold = `lab b ${style}`;
  if (small)
    return name.split(' ').map((word, i) => label(at, word, { ...side, dy: 15 * i, className: bold }));
  const text = half === undefined ? [] : [`half at _ε_ ≈ ${decimal(half, 3)}`];
  return [
    label(at, name, { ...side, className: bold }),
    ...text.map((line) => label(at, line, { ...side, dy: 19, className: 'lab q' })),
  ];
}

/** A sample of each line with its name, at the right, under the top of the plot. */
export function curveKey(series: readonly AccuracySeries[]): Mark {
  return (_index, _scales, _values, { width, marginTop, marginRight }, context) => {
    const g = group(context);
    series.forEach(({ name, style }, i) => {
      const y = marginTop + 22 + 20 * i;
      const x = width - marginRight - 130;
      g.append('path').attr('class', `ln ${style}`).attr('d', `M${x} ${y}h24`);
      writeText(g, name, { x: x + 32, y: y + 4.5, className: `lab b ${style}` });
    });
    return g.node();
  };
}
