// Names of lines at their right ends, moved apart where the ends are close.
import type { RenderFunction } from '@observablehq/plot';
import type { FigureText } from './figureText.ts';
import { group, writeText } from './marks.ts';

/** A line's end, in the data's units, and its name. */
export interface LineEnd {
  x: number;
  y: number;
  text: FigureText;
  style: string;
}

const leading = 17;

/** Writes each name right of its line's end, at least a line of text from the next. */
export function endLabels(ends: readonly LineEnd[]): RenderFunction {
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
