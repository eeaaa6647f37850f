// The data points of a figure: each says its values when pointed at, and carries them for scripts.
import { dot, type DotOptions, type Markish, type RenderFunction } from '@observablehq/plot';
import { select } from 'd3';

/**
 * One marker for each row, at `x` and `y`.
 *
 * @param options `title`: what the browser shows for the point; `data`: its data attributes by name
 */
export function points<Row>(
  rows: readonly Row[],
  options: {
    x: (row: Row) => number;
    y: (row: Row) => number;
    className: string;
    radius: number;
    symbol?: 'circle' | 'square' | 'triangle';
    title?: (row: Row) => string;
    data?: (row: Row) => Record<string, string | number>;
  },
): Markish {
  const { x, y, className, radius, symbol = 'circle', title, data } = options;
  const render: RenderFunction = (index, scales, values, dimensions, context, next) => {
    const drawn = next!(index, scales, values, dimensions, context);
    if (drawn && data) {
      select(drawn)
        .selectAll<SVGElement, number>(':scope > *')
        .each((i, j, nodes) => {
          for (const [name, value] of Object.entries(data(rows[i]!)))
            nodes[j]!.setAttribute(`data-${name}`, String(value));
        });
    }
    return drawn;
  };
  const dots: DotOptions = { x, y, r: radius, symbol, className: `pt ${className}`, render };
  return dot([...rows], title ? { ...dots, title } : dots);
}
