// Marks that Plot lacks: text, lines and axes in the report's hand.
import { areaY, dot, type Context, type Dimensions, type RenderFunction } from '@observablehq/plot';
import { creator, select, type Selection } from 'd3';

/** A group of the drawing. */
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

/** A mark that draws into a group of its own. */
export function mark(draw: (g: Group, frame: Frame) => void): RenderFunction {
  return (_index, scales, _values, dimensions, context) => {
    const g = group(context);
    draw(g, {
      ...dimensions,
      x: (value) => Number(scales.x!(value)),
      y: (value) => Number(scales.y!(value)),
      scales: scales.scales,
    });
    return g.node();
  };
}

/** An empty group in the document that is drawn into. */
export function group(context: Context): Group {
  return select(creator<SVGGElement>('svg:g').call(context.document.documentElement));
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
export function appendText<Element extends SVGTextContentElement>(
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
  return (_index, scales, _values, _dimensions, context) => {
    const [x, y] = [Number(scales.x!(point.x)) + dx, Number(scales.y!(point.y)) + dy];
    return writeText(group(context), text, { x, y, className: 'lab', ...look }).node();
  };
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
