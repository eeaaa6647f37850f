// Marks that Plot lacks: text, lines and axes in the report's hand.
import { areaY, dot, type Dimensions, type RenderFunction } from '@observablehq/plot';
import { creator, groups, select, ticks as ticksOf, type Selection } from 'd3';
import { percent } from '../format.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** How a text stands at its point and looks, where that is not its group's. */
export interface TextLook {
  anchor?: 'start' | 'middle' | 'end';
  className?: string | undefined;
}

/** The size of a drawing, and its scales as functions into pixels. */
interface Frame extends Dimensions {
  x: (value: number) => number;
  y: (value: number) => number;
  scales: Parameters<RenderFunction>[1]['scales'];
}

/** A mark that draws into a group of its own; of what stands alone, the element that it returns takes the group's place. */
export function mark(draw: (g: Group, frame: Frame) => SVGElement | null | undefined): RenderFunction {
  return (_index, scales, _values, dimensions, { document }) => {
    const g = select(creator<SVGGElement>('svg:g').call(document.documentElement));
    const alone = draw(g, {
      ...dimensions,
      x: (value) => Number(scales.x!(value)),
      y: (value) => Number(scales.y!(value)),
      scales: scales.scales,
    });
    return alone ?? g.node();
  };
}

/** A line of text at a point in pixels. Symbols stand between underscores: "_ε_ = 0.3". */
export function writeText(
  parent: Group,
  text: string,
  { x, y, anchor, className }: { x: number; y: number } & TextLook,
) {
  const element = parent.append('text').attr('x', x).attr('y', y);
  if (className) element.attr('class', className);
  if (anchor) element.attr('text-anchor', anchor);
  return appendText(element, text);
}

/** Appends a text, with the symbols between underscores as `tspan.m`. */
function appendText<Element extends SVGTextContentElement>(
  parent: Selection<Element, unknown, null, undefined>,
  text: string,
) {
  text.split('_').forEach((piece, i) => {
    if (i % 2 === 1) parent.append('tspan').attr('class', 'm').text(piece);
    else if (piece) parent.node()!.append(piece);
  });
  return parent;
}

/** A line between two points in pixels. */
export function drawLine(
  parent: Group,
  className: string,
  { x1, x2, y1, y2 }: Record<'x1' | 'x2' | 'y1' | 'y2', number>,
): void {
  const line = parent.append('line').attr('class', className);
  line.attr('x1', x1).attr('x2', x2).attr('y1', y1).attr('y2', y2);
}

/** A text at a point of the data, moved by some pixels. */
export function label(
  point: { x: number; y: number },
  text: string,
  { dx = 0, dy = 0, ...look }: TextLook & { dx?: number; dy?: number },
): RenderFunction {
  return mark((g, { x, y }) => {
    const at = { x: x(point.x) + dx, y: y(point.y) + dy };
    return writeText(g, text, { ...at, className: 'lab', ...look }).node();
  });
}

/** Shares with their 95 % intervals, `low` to `high`, as a band along `x`. */
export function band(rows: readonly object[], x: string, style: string) {
  return areaY(rows, { x, y1: 'low', y2: 'high', className: `band ${style}` });
}

const symbols: Record<string, 'circle' | 'square' | 'triangle'> = {
  iterative: 'square',
  comparison: 'triangle',
};

/** A point for each row, in the symbol of its style, each with a text for the pointer. */
export function points<Row>(
  rows: readonly Row[],
  options: { x: string; y: string; style: string; r: number; title: (row: Row) => string },
) {
  const { style, ...channels } = options;
  return dot(rows, { ...channels, className: `pt ${style}`, symbol: symbols[style] ?? 'circle' });
}

const leading = 17;

/** Names of lines right of their ends, in the data's units, at least a line of text apart. */
export function endLabels(
  ends: readonly { x: number; y: number; text: string; style: string }[],
): RenderFunction {
  return mark((g, { x, y, height, marginBottom }) => {
    const placed = ends
      .map((end) => ({ ...end, x: x(end.x) + 9, y: y(end.y) + 4.5 }))
      .sort((a, b) => a.y - b.y);
    for (let i = 1; i < placed.length; i++) placed[i]!.y = Math.max(placed[i]!.y, placed[i - 1]!.y + leading);
    // Pushed below the plot: the lowest goes back in, and the others up before it.
    let limit = height - marginBottom + 4.5;
    for (const end of placed.toReversed()) {
      end.y = Math.min(end.y, limit);
      limit = end.y - leading;
    }
    for (const { text, style, ...at } of placed) writeText(g, text, { ...at, className: `lab b ${style}` });
  });
}

/** Horizontal grid lines with their values at the left, and the axis at 0 or else at the first tick. */
export function yAxis(options: {
  ticks: readonly number[];
  format: (value: number, i: number) => string;
  title: string;
}): RenderFunction {
  const { ticks, format, title } = options;
  const axisAt = ticks.includes(0) ? 0 : ticks[0];
  return mark((g, { y, width, marginLeft, marginRight }) => {
    for (const [className, rules] of groups(ticks, (tick) => (tick === axisAt ? 'axis' : 'grid')))
      g.append('path')
        .attr('class', className)
        .attr('d', rules.map((tick) => `M${marginLeft} ${y(tick)}H${width - marginRight}`).join(''));
    const values = g.append('g').attr('class', 'tick end');
    for (const [i, tick] of ticks.entries())
      writeText(values, format(tick, i), { x: marginLeft - 8, y: y(tick) + 4.5 });
    writeText(g, title, { x: 0, y: 16, className: 'axt' });
  });
}

/** A second row of values below an axis, what they are, and the class of both. */
interface SecondRow {
  format: (value: number) => string;
  title: string;
  className?: string;
}

/** Ticks with their values below the plot, a second row of values if asked for, and the axis title at the right. */
export function xAxis(options: {
  ticks: readonly number[];
  format: (value: number, i: number) => string;
  second?: SecondRow | undefined;
  title: string;
  /** First and last values are set flush with the plot's ends. */
  flush?: boolean;
}): RenderFunction {
  const { ticks, format, second, title, flush = true } = options;
  return mark((g, { x, width, height, marginRight, marginBottom }) => {
    const bottom = height - marginBottom;
    const beyond = Math.min(4, marginRight);
    const strokes = ticks.map((tick) => `M${x(tick)} ${bottom}v5`).join('');
    g.append('path').attr('class', 'axis').attr('d', strokes);
    const values = g.append('g').attr('class', 'tick middle');
    for (const [i, tick] of ticks.entries()) {
      let at: { x: number } & TextLook = { x: x(tick) };
      if (flush && i === 0) at = { x: x(tick) - 3, anchor: 'start' };
      else if (flush && i === ticks.length - 1) at = { x: x(tick) + beyond, anchor: 'end' };
      writeText(values, format(tick, i), { ...at, y: bottom + 20 });
      if (second)
        writeText(values, second.format(tick), { ...at, y: bottom + 38, className: second.className });
    }
    const at = { x: width - marginRight + beyond, y: bottom + (second ? 58 : 42), anchor: 'end' } as const;
    const line = writeText(g, second ? `${title}; below, ` : title, { ...at, className: 'axt' });
    if (second?.className)
      line.append('tspan').attr('class', second.className).call(appendText, second.title);
    else if (second) appendText(line, second.title);
  });
}

/** The axis of ε, in tenths, up to its largest value. */
export function epsilonAxis(end: number, second?: SecondRow): RenderFunction {
  const ticks = ticksOf(0, end, 10 * end);
  return xAxis({ ticks, format: String, second, title: '_ε_, largest change of a pixel' });
}

/** Shares as ticks in percent, the sign after the last alone. */
export function percentTicks(ticks: readonly number[]) {
  const format = (share: number, i: number) =>
    i === ticks.length - 1 ? percent(share, 0) : String(Number((share * 100).toFixed(6)));
  return { ticks, format };
}
