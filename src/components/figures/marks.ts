// Marks that Plot lacks: text, lines and axes in the report's hand.
import type { Context, RenderFunction } from '@observablehq/plot';
import { creator, groups, select, ticks as ticksOf, type Selection } from 'd3';
import { percent } from '../format.ts';

/** A text, or texts one after another, some with a class. Symbols stand between underscores: "_ε_ = 0.3". */
export type FigureText = string | readonly (string | { text: string; className: string })[];

type Anchor = 'start' | 'middle' | 'end';

/** A selection of one SVG element. */
export type One<Element extends globalThis.Element> = Selection<Element, unknown, null, undefined>;

/** An empty group in the document that is drawn into. */
export function group(context: Context, className?: string): One<SVGGElement> {
  const root = context.document.documentElement;
  const g = select(creator<SVGGElement>('svg:g').call(root));
  return className ? g.attr('class', className) : g;
}

/** A line of text at a point in pixels; what it has no anchor or class for is its group's. */
export function writeText(
  parent: One<SVGGElement>,
  text: FigureText,
  at: { x: number; y: number; anchor?: Anchor; className?: string | undefined },
): One<SVGTextElement> {
  const element = parent.append('text').attr('x', at.x).attr('y', at.y);
  if (at.className) element.attr('class', at.className);
  if (at.anchor) element.attr('text-anchor', at.anchor);
  appendText(element, text);
  return element;
}

/** Appends a text, with the symbols between underscores as `tspan.m`. */
function appendText<Element extends SVGTextContentElement>(parent: One<Element>, text: FigureText): void {
  if (typeof text !== 'string') {
    for (const part of text) {
      if (typeof part === 'string') appendText(parent, part);
      else appendText(parent.append('tspan').attr('class', part.className), part.text);
    }
    return;
  }
  text.split('_').forEach((piece, i) => {
    if (i % 2 === 1) parent.append('tspan').attr('class', 'm').text(piece);
    else if (piece)
      parent.append(() => parent.node()!.ownerDocument.createTextNode(piece) as unknown as SVGElement);
  });
}

/** A line between two points in pixels. */
export function drawLine(
  parent: One<SVGGElement>,
  className: string,
  { x1, x2, y1, y2 }: Record<'x1' | 'x2' | 'y1' | 'y2', number>,
): void {
  const line = parent.append('line').attr('class', className);
  line.attr('x1', x1).attr('x2', x2).attr('y1', y1).attr('y2', y2);
}

/** A text at a point of the data, moved by some pixels. */
export function label(
  point: { x: number; y: number },
  text: FigureText,
  options: { dx?: number; dy?: number; anchor?: Anchor; className?: string } = {},
): RenderFunction {
  const { dx = 0, dy = 0, anchor, className = 'lab' } = options;
  return (_index, scales, _values, _dimensions, context) => {
    const [x, y] = [Number(scales.x!(point.x)) + dx, Number(scales.y!(point.y)) + dy];
    return writeText(group(context), text, { x, y, ...(anchor && { anchor }), className }).node();
  };
}

const leading = 17;

/** Names of lines right of their ends, in the data's units, at least a line of text apart. */
export function endLabels(
  ends: readonly { x: number; y: number; text: FigureText; style: string }[],
): RenderFunction {
  return (_index, scales, _values, { height, marginBottom }, context) => {
    const g = group(context);
    const placed = ends
      .map((end) => ({ ...end, x: Number(scales.x!(end.x)) + 9, y: Number(scales.y!(end.y)) + 4.5 }))
      .sort((a, b) => a.y - b.y);
    for (let i = 1; i < placed.length; i++) placed[i]!.y = Math.max(placed[i]!.y, placed[i - 1]!.y + leading);
    // Pushed below the plot: the lowest goes back in, and the others up before it.
    let limit = height - marginBottom + 4.5;
    for (const end of [...placed].reverse()) {
      end.y = Math.min(end.y, limit);
      limit = end.y - leading;
    }
    for (const { x, y, text, style } of placed) writeText(g, text, { x, y, className: `lab b ${style}` });
    return g.node();
  };
}

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
    const y = (tick: number) => Number(scales.y!(tick));
    for (const [className, rules] of groups(ticks, (tick) => (tick === axisAt ? 'axis' : 'grid')))
      g.append('path')
        .attr('class', className)
        .attr('d', rules.map((tick) => `M${marginLeft} ${y(tick)}H${width - marginRight}`).join(''));
    const values = g.append('g').attr('class', 'tick end');
    for (const [i, tick] of ticks.entries())
      writeText(values, format(tick, i), { x: marginLeft - 8, y: y(tick) + 4.5 });
    writeText(g, title, { x: 0, y: 16, className: 'axt' });
    return g.node();
  };
}

/** Ticks with their values below the plot, a second row of values if asked for, and the axis title at the right. */
export function xAxis(options: {
  ticks: readonly number[];
  format: (value: number, i: number) => FigureText;
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
    const x = (tick: number) => Number(scales.x!(tick));
    const strokes = ticks.map((tick) => `M${x(tick)} ${bottom}v5`).join('');
    g.append('path').attr('class', 'axis').attr('d', strokes);
    const values = g.append('g').attr('class', 'tick middle');
    for (const [i, tick] of ticks.entries()) {
      const first = flush && i === 0;
      const last = flush && i === ticks.length - 1;
      const at = first
        ? ({ x: x(tick) - 3, anchor: 'start' } as const)
        : last
          ? ({ x: x(tick) + beyond, anchor: 'end' } as const)
          : { x: x(tick) };
      writeText(values, format(tick, i), { ...at, y: bottom + 20 });
      const { format: below, className } = second ?? {};
      if (below) writeText(values, below(tick), { ...at, y: bottom + 38, className });
    }
    const at = { x: width - marginRight + beyond, y: bottom + (second ? 58 : 42), anchor: 'end' } as const;
    writeText(g, title, { ...at, className: 'axt' });
    return g.node();
  };
}

/** The axis of ε, in tenths, up to its largest value. */
export function epsilonAxis(end: number): RenderFunction {
  return xAxis({ ticks: ticksOf(0, end, 10 * end), format: String, title: '_ε_, largest change of a pixel' });
}

/** Shares as ticks in percent, the sign after the last alone. */
export function percentTicks(ticks: readonly number[]) {
  const format = (share: number, i: number) =>
    i === ticks.length - 1 ? percent(share, 0) : String(Number((share * 100).toFixed(6)));
  return { ticks, format };
}
