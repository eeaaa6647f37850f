// The vertical line of the accuracy chart: an ε, and what each curve has there.
import type { RenderFunction } from '@observablehq/plot';
import { rowAt } from '../../compute/results/curve.ts';
import { decimal, percent } from '../format.ts';
import type { AccuracySeries } from './accuracySeries.ts';
import { appendText, type FigureText } from './figureText.ts';
import { drawLine, group, writeText } from './marks.ts';
import { markerPlacement } from './markerPlacement.ts';

/**
 * A line at ε with ε and the accuracies at its top, as `g.mark[data-marker]`: its texts carry `data-mark`, the name
 * of what they state, so that a script can move it.
 *
 * @throws if ε is not a row of each curve
 */
export function accuracyMarker(
  epsilon: number,
  { series, maxEpsilon, small }: { series: readonly AccuracySeries[]; maxEpsilon: number; small: boolean },
): RenderFunction {
  const side = markerPlacement(epsilon, maxEpsilon);
  const lines: { text: FigureText; name: string; className: string }[] = [
    { text: `_ε_ = ${decimal(epsilon, 3)}`, name: 'epsilon', className: 'lab b' },
    ...series.map(({ rows, style, short }) => ({
      text: `${short} ${percent(rowAt(rows, epsilon).accuracy)}`,
      name: style,
      className: style === 'iterative' ? 'lab iterative' : 'lab',
    })),
  ];
  return (_index, scales, _values, { width, height, marginTop, marginRight, marginBottom }, context) => {
    const x = Number(scales.x!(epsilon));
    const g = group(context, 'mark').attr('data-marker', epsilon).attr('transform', `translate(${x} 0)`);
    drawLine(g, 'mk', { x1: 0, x2: 0, y1: marginTop - 6, y2: height - marginBottom + 5 });
    if (side === 'above') {
      // One line at the right of the axis title; there is no room for ε itself on the small chart.
      const shown = small ? lines.slice(1) : lines;
      const text = writeText(g, '', { x: width - marginRight - x, y: 16, anchor: 'end', className: 'lab' });
      shown.forEach((line, i) => {
        if (i > 0) text.append('tspan').text(' · ');
        const span = text.append('tspan').attr('class', line.className).attr('data-mark', line.name);
        appendText(span, line.text);
      });
      return g.node();
    }
    const at = side === 'left' ? { x: -7, anchor: 'end' as const } : { x: 7 };
    lines.forEach(({ text, name, className }, i) => {
      writeText(g, text, { ...at, y: marginTop + 6 + 18 * i, className }).attr('data-mark', name);
    });
    return g.node();
  };
}
