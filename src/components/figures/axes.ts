// Axes in the report's hand: horizontal grid lines, ticks below the plot, titles at its corners.
import type { RenderFunction } from '@observablehq/plot';
import { drawLine, group, writeText, type FigureText } from './marks.ts';

/** Horizontal grid lines with their values at the left, and the axis where `axisAt` says (default: the first tick). */
export function yAxis(options: {
  ticks: readonly number[];
  format: (value: number, i: number) => string;
  title: FigureText;
  axisAt?: number;
}): RenderFunction {
  const { ticks, format, title, axisAt = ticks[0] } = options;
  return (_index, scales, _values, { width, marginLeft, marginRight }, context) => {
    const g = group(context);
    ticks.forEach((tick, i) => {
      const y = Number(scales.y!(tick));
      const className = tick === axisAt ? 'axis' : 'grid';
      drawLine(g, className, { x1: marginLeft, x2: width - marginRight, y1: y, y2: y });
      const text = format(tick, i);
      writeText(g, text, { x: marginLeft - 8, y: y + 4.5, anchor: 'end', className: 'tick' });
    });
    writeText(g, title, { x: 0, y: 16, className: 'axt' });
    return g.node();
  };
}

/** Ticks with their values below the plot, a second row of values if asked for, and the axis title at the right. */
export function xAxis(options: {
  ticks: readonly number[];
  format: (value: number) => FigureText;
  second?: { format: (value: number) => FigureText; className?: string };
  title: FigureText;
  /** First and last values are set flush with the plot's ends. */
  flush?: boolean;
}): RenderFunction {
  const { ticks, format, second, title, flush = true } = options;
  return (_index, scales, _values, { width, height, marginRight, marginBottom }, context) => {
    const g = group(context);
    const bottom = height - marginBottom;
    const beyond = Math.min(4, marginRight);
    ticks.forEach((tick, i) => {
      const x = Number(scales.x!(tick));
      drawLine(g, 'axis', { x1: x, x2: x, y1: bottom, y2: bottom + 5 });
      const first = flush && i === 0;
      const last = flush && i === ticks.length - 1;
      const anchor = first ? 'start' : last ? 'end' : 'middle';
      const at = { x: first ? x - 3 : last ? x + beyond : x, anchor } as const;
      writeText(g, format(tick), { ...at, y: bottom + 20, className: 'tick' });
      if (second) {
        const className = second.className ? `tick ${second.className}` : 'tick';
        writeText(g, second.format(tick), { ...at, y: bottom + 38, className });
      }
    });
    const at = { x: width - marginRight + beyond, y: bottom + (second ? 58 : 42), anchor: 'end' } as const;
    writeText(g, title, { ...at, className: 'axt' });
    return g.node();
  };
}
