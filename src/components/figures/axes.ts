// The axes in the report's hand.
import type { RenderFunction } from '@observablehq/plot';
import { groups, ticks as ticksOf } from 'd3';
import { percent } from '../format.ts';
import { appendText, mark, writeText, type TextLook } from './marks.ts';

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
