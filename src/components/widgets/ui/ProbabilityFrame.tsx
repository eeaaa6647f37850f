import type { ComponentChildren } from 'preact';
import { shortPath } from '../../shortPath.ts';

/** Size of a drawing of probabilities, and where its points lie in it. */
export interface FrameSize {
  className: 'c-wide' | 'c-small';
  width: number;
  height: number;
  /** Pixels of the first and the last point. */
  x: readonly [number, number];
  /** Pixels of p = 1 and of p = 0. */
  y: readonly [number, number];
}

interface Props {
  size: FrameSize;
  /** What the drawing shows, for those who do not see it. */
  label: string;
  /** The grid spans the drawing, its values above the lines. */
  inside?: boolean;
  children: ComponentChildren;
}

/** Pixels of a share of a range, to a tenth. */
export function project(share: number, [from, to]: readonly [number, number]): number {
  return Math.round((from + share * (to - from)) * 10) / 10;
}

/** A path through points. */
export function linePath(xs: readonly number[], ys: readonly number[]): string {
  return shortPath(`M${ys.map((y, i) => `${xs[i]} ${y}`).join('L')}`);
}

/** A drawing with a grid of probabilities at 0, a half and 1. */
export function ProbabilityFrame({ size, label, inside = false, children }: Props) {
  const { className, width, height, x } = size;
  const [left, right] = inside ? [0, width] : x;
  return (
    <svg
      class={`chart ${className}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      {[0, 0.5, 1].map((tick) => {
        const y = project(1 - tick, size.y);
        return (
          <g key={tick}>
            <line class={tick === 0 ? 'axis' : 'grid'} x1={left} x2={right} y1={y} y2={y} />
            <text
              class="tick"
              x={inside ? 0 : left - 8}
              y={inside ? y - 4 : y + 4.5}
              text-anchor={inside ? 'start' : 'end'}
            >
              {tick}
            </text>
          </g>
        );
      })}
      {children}
    </svg>
  );
}
