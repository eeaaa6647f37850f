// Marks that Plot lacks: axes and labels in the report's hand.
import type { Context, RenderFunction } from '@observablehq/plot';
import { creator, select } from 'd3';
import { appendText, type FigureText, type One } from './figureText.ts';

type Anchor = 'start' | 'middle' | 'end';

/** An empty group in the document that is drawn into. */
export function group(context: Context, className?: string): One<SVGGElement> {
  const root = context.document.documentElement;
  const g = select(creator<SVGGElement>('svg:g').call(root));
  return className ? g.attr('class', className) : g;
}

/** A line of text at a point in pixels. */
export function writeText(
  parent: One<SVGGElement>,
  text: FigureText,
  at: { x: number; y: number; anchor?: Anchor; className: string },
): One<SVGTextElement> {
  const element = parent.append('text').attr('class', at.className).attr('x', at.x).attr('y', at.y);
  if (at.anchor && at.anchor !== 'start') element.attr('text-anchor', at.anchor);
  appendText(element, text);
  return element;
}

/** A line between two points in pixels. */
export function drawLine(
  parent: One<SVGGElement>,
  className: string,
  ends: Record<'x1' | 'x2' | 'y1' | 'y2', number>,
) {
  const line = parent.append('line').attr('class', className);
  for (const [name, value] of Object.entries(ends)) line.attr(name, value);
  return line;
}

/** Horizontal grid lines with their values at the left, and the axis where `axisAt` says (default: the first tick). */
export function yAxis(options: {
  ticks: readonly number[];
  format: (value: number, i: number) => string;
  title?: FigureText;
  axisAt?: number;
  /** Values stand over their lines, at the left edge, in place of beside them. */
  inside?: boolean;
}): RenderFunction {
  const { ticks, format, title, axisAt = ticks[0], inside = false } = options;
  return (_index, scales, _values, { width, marginLeft, marginRight }, context) => {
    const g = group(context);
    ticks.forEach((tick, i) => {
      const y = Number(scales.y!(tick));
      drawLine(g, tick === axisAt ? 'axis' : 'grid', {
        x1: marginLeft,
        x2: width - marginRight,
        y1: y,
        y2: y,
      });
      const at = inside ? { x: 0, y: y - 4 } : { x: marginLeft - 8, y: y + 4.5, anchor: 'end' as const };
      writeText(g, format(tick, i), { ...at, className: 'tick' });
    });
    if (title) writeText(g, title, { x: 0, y: 16, className: 'axt' });
    return g.node();
  };
}

/** Ticks with their values below the plot, a second row of values if asked for, and the axis title at the right. */
export function xAxis(options: {
  ticks: readonly number[];
  format: (value: number) => FigureText;
  second?: { format: (value: number) => FigureText; className?: string };
  title?: FigureText;
  /** First and last values are set flush with the plot's ends. */
  flush?: boolean;
}): RenderFunction {
  const { ticks, format, second, title, flush = true } = options;
  return (_index, scales, _values, { width, height, marginRight, marginBottom }, context) => {
    const g = group(context);
    const bottom = height - marginBottom;
    ticks.forEach((tick, i) => {
      const x = Number(scales.x!(tick));
      drawLine(g, 'axis', { x1: x, x2: x, y1: bottom, y2: bottom + 5 });
      const first = flush && i === 0;
      const last = flush && i === ticks.length - 1;
      const anchor = first ? 'start' : last ? 'end' : 'middle';
      const at = { x: first ? x - 3 : last ? x + Math.min(4, marginRight) : x, anchor } as const;
      writeText(g, format(tick), { ...at, y: bottom + 20, className: 'tick' });
      if (second) {
        const className = second.className ? `tick ${second.className}` : 'tick';
        writeText(g, second.format(tick), { ...at, y: bottom + 38, className });
      }
    });
    const y = bottom + (second ? 58 : 42);
    if (title)
      writeText(g, title, {
        x: width - marginRight + Math.min(4, marginRight),
        y,
        anchor: 'end',
        className: 'axt',
      });
    return g.node();
  };
}

/** A text at a point of the data, moved by some pixels. */
export function label(
  point: { x: number; y: number },
  text: FigureText,
  options: { dx?: number; dy?: number; anchor?: Anchor; className?: string } = {},
): RenderFunction {
  const { dx = 0, dy = 0, anchor = 'start', className = 'lab' } = options;
  return (_index, scales, _values, _dimensions, context) => {
    const g = group(context);
    const [x, y] = [Number(scales.x!(point.x)) + dx, Number(scales.y!(point.y)) + dy];
    const element = writeText(g, text, { x, y, anchor, className });
    return element.node();
  };
}
