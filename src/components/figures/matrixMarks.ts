// What drawings in rows and columns share: shaded squares with a text in each, the diagonal outlined, and the names around them.
import type { RenderFunction } from '@observablehq/plot';
import { groups } from 'd3';
import { group, writeText } from './marks.ts';

/** A square; it has no shade if its opacity is left out. */
export interface MatrixCell {
  row: number;
  column: number;
  text: string;
  opacity?: number | undefined;
}

/** The squares, an outline on the diagonal, and the texts. */
export function matrixCells(cells: readonly MatrixCell[], style: string): RenderFunction {
  return (_index, scales, _values, _dimensions, context) => {
    const [wide, tall] = [scales.scales.x!.bandwidth!, scales.scales.y!.bandwidth!];
    const corner = ({ row, column }: MatrixCell) =>
      [Number(scales.x!(column)), Number(scales.y!(row))] as const;
    const squares = (alike: readonly MatrixCell[]) =>
      alike.map((one) => `M${corner(one).join(' ')}h${wide}v${tall}h${-wide}z`).join('');
    const g = group(context);
    const shades = g.append('g').attr('class', `cell ${style}`);
    for (const [opacity, alike] of groups(cells, (one) => one.opacity))
      if (opacity !== undefined)
        shades.append('path').attr('d', squares(alike)).attr('fill-opacity', opacity);
    const diagonal = cells.filter(({ row, column }) => row === column);
    g.append('path').attr('class', 'cell diagonal').attr('d', squares(diagonal));
    const texts = g.append('g').attr('class', 'count middle');
    for (const one of cells) {
      if (one.text === '') continue;
      const [x, y] = corner(one);
      texts
        .append('text')
        .attr('x', x + wide / 2)
        .attr('y', y + tall / 2 + 4.5)
        .text(one.text);
    }
    return g.node();
  };
}

/** Names left of the rows and over the columns, there in turns on two lines if they are narrow, and what both are. */
export function matrixNames(
  names: readonly string[],
  { rows, columns, narrow = false }: { rows?: string | undefined; columns: string; narrow?: boolean },
): RenderFunction {
  return (_index, scales, _values, { marginLeft, marginTop }, context) => {
    const g = group(context);
    const [half, tall] = [scales.scales.x!.bandwidth! / 2, scales.scales.y!.bandwidth! / 2];
    const over = g.append('g').attr('class', 'tick middle');
    const left = g.append('g').attr('class', 'tick end');
    for (const [i, name] of names.entries()) {
      const [x, y] = [Number(scales.x!(i)) + half, Number(scales.y!(i)) + tall];
      const above = marginTop - 8 - (narrow && i % 2 === 0 ? 16 : 0);
      writeText(over, name, { x, y: above });
      writeText(left, name, { x: marginLeft - 10, y: y + 4.5 });
    }
    writeText(g, columns, { x: rows === undefined ? 0 : marginLeft + 4, y: 14, className: 'axt' });
    if (rows !== undefined) writeText(g, rows, { x: 0, y: marginTop - 8, className: 'axt' });
    return g.node();
  };
}
