// What drawings in rows and columns share: shaded squares with a text in each, the diagonal outlined, and the names around them.
import type { RenderFunction } from '@observablehq/plot';
import { groups, range } from 'd3';
import type { FigurePlot } from './figure.ts';
import { mark, writeText } from './marks.ts';

/** What stands in a square; it has no shade if its opacity is left out. */
interface Cell {
  text: string;
  opacity?: number | undefined;
}

type Square = Cell & Record<'row' | 'column', number>;

interface MatrixChart<Value> {
  /** Names of the rows and of the columns, and what both are. */
  names: readonly string[];
  rows: string;
  columns: string;
  /** What the numbers are of: ", %". */
  unit?: string;
  values: readonly (readonly Value[])[];
  cell: (value: Value, diagonal: boolean) => Cell;
  style: 'mistakes' | 'fooled';
  /** Width of a square in the wide drawing; in the small one they fill the width. */
  cellWidth: number;
  marginTop?: number;
  marginRight?: number;
  /** A mark of its own. */
  beside?: RenderFunction;
}

/** The squares, an outline on the diagonal, and the names left of the rows and over the columns. */
export function matrixChart<Value>(chart: MatrixChart<Value>, small: boolean): FigurePlot {
  const { names, rows, columns, unit = '', values, cell, style, cellWidth, marginRight = 0, beside } = chart;
  const cells = values.flatMap((ofRow, row) =>
    ofRow.map((value, column): Square => ({ row, column, ...cell(value, row === column) })),
  );
  const words = names.some((name) => name.length > 1);
  const narrow = small && words;
  const { marginTop = narrow ? 62 : 50 } = chart;
  const marginLeft = words ? (small ? 76 : 116) : small ? 24 : 84;
  const scale = { type: 'band', domain: range(names.length), padding: 0.04 } as const;
  // Beside the names of the columns there is no room for what the rows are.
  const titles =
    small && !words
      ? { over: `${rows} by row, ${columns.toLowerCase()} by column${unit}` }
      : { left: rows, over: `${columns}${unit}` };
  return {
    width: small ? 350 : marginLeft + names.length * cellWidth + marginRight,
    height: marginTop + names.length * (small ? 28 : 44) + 4,
    marginTop,
    marginRight,
    marginBottom: 4,
    marginLeft,
    x: scale,
    y: scale,
    marks: [squares(cells, style), matrixNames(names, titles, narrow), beside ?? null],
  };
}

function squares(cells: readonly Square[], style: string): RenderFunction {
  return mark((g, { x, y, scales }) => {
    const [wide, tall] = [scales.x!.bandwidth!, scales.y!.bandwidth!];
    const squaresOf = (alike: readonly Square[]) =>
      alike.map(({ row, column }) => `M${x(column)} ${y(row)}h${wide}v${tall}h${-wide}z`).join('');
    const shades = g.append('g').attr('class', `cell ${style}`);
    for (const [opacity, alike] of groups(cells, (one) => one.opacity))
      if (opacity !== undefined)
        shades.append('path').attr('d', squaresOf(alike)).attr('fill-opacity', opacity);
    const diagonal = cells.filter(({ row, column }) => row === column);
    g.append('path').attr('class', 'cell diagonal').attr('d', squaresOf(diagonal));
    const texts = g.append('g').attr('class', 'count middle');
    for (const { row, column, text } of cells)
      if (text) writeText(texts, text, { x: x(column) + wide / 2, y: y(row) + tall / 2 + 4.5 });
  });
}

/** Names left of the rows and over the columns, there in turns on two lines if they are narrow, and what both are. */
function matrixNames(
  names: readonly string[],
  { left, over }: { left?: string; over: string },
  narrow: boolean,
): RenderFunction {
  return mark((g, { x, y, scales, marginLeft, marginTop }) => {
    const [half, tall] = [scales.x!.bandwidth! / 2, scales.y!.bandwidth! / 2];
    const ofColumns = g.append('g').attr('class', 'tick middle');
    const ofRows = g.append('g').attr('class', 'tick end');
    for (const [i, name] of names.entries()) {
      const above = marginTop - 8 - (narrow && i % 2 === 0 ? 16 : 0);
      writeText(ofColumns, name, { x: x(i) + half, y: above });
      writeText(ofRows, name, { x: marginLeft - 10, y: y(i) + tall + 4.5 });
    }
    writeText(g, over, { x: left === undefined ? 0 : marginLeft + 4, y: 14, className: 'axt' });
    if (left !== undefined) writeText(g, left, { x: 0, y: marginTop - 8, className: 'axt' });
  });
}
