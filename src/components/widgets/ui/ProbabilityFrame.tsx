import type { ComponentChildren } from 'preact';
import { epsilon as writeEpsilon } from '../../format.ts';
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
  sizes: readonly FrameSize[];
  /** The largest value along x; the first is 0. */
  end: number;
  /** What the drawing shows, for those who do not see it. */
  label: string;
  /** The grid spans the drawing, its values above the lines. */
  inside?: boolean;
  /** Draws into a size, given the pixels of a value along x and of a probability. */
  children: (x: (value: number) => number, y: (p: number) => number, size: FrameSize) => ComponentChildren;
}

/** Pixels of a share of a range, to a tenth. */
function project(share: number, [from, to]: readonly [number, number]): number {
  return Math.round((from + share * (to - from)) * 10) / 10;
}

export function linePath(xs: readonly number[], ys: readonly number[]): string {
  return shortPath(`M${ys.map((y, i) => `${xs[i]} ${y}`).join('L')}`);
}

/** A drawing in each of its sizes, with a grid of probabilities at 0, a half and 1. */
export function ProbabilityFrame({ sizes, end, label, inside = false, children }: Props) {
  return sizes.map((size) => {
    const { className, width, height } = size;
    const x = (value: number) => project(value / end, size.x);
    const y = (p: number) => project(1 - p, size.y);
    const [left, right] = inside ? [0, width] : size.x;
    return (
      <svg
        key={className}
        class={`chart ${className}`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
      >
        {[0, 0.5, 1].map((p) => (
          <g key={p}>
            <line class={p === 0 ? 'axis' : 'grid'} x1={left} x2={right} y1={y(p)} y2={y(p)} />
            <text
              class="tick"
              x={inside ? 0 : left - 8}
              y={y(p) + (inside ? -4 : 4.5)}
              text-anchor={inside ? 'start' : 'end'}
            >
              {p}
            </text>
          </g>
        ))}
        {children(x, y, size)}
      </svg>
    );
  });
}

/** The same along ε, in two heights, with its values below. */
export function EpsilonFrame({
  heights: [wide, small],
  children,
  ...props
}: Omit<Props, 'sizes'> & { heights: readonly [wide: number, small: number] }) {
  const { end } = props;
  const sizes: FrameSize[] = [
    { className: 'c-wide', width: 932, height: wide, x: [34, 920], y: [24, wide - 40] },
    { className: 'c-small', width: 350, height: small, x: [34, 338], y: [24, small - 40] },
  ];
  return (
    <ProbabilityFrame {...props} sizes={sizes}>
      {(x, y, size) => (
        <>
          <g class="tick middle">
            {[0, 1, 2, 3, 4, 5].map((tick) => (
              <text key={tick} x={x((tick / 5) * end)} y={y(0) + 20}>
                {writeEpsilon((tick / 5) * end)}
              </text>
            ))}
          </g>
          <text class="axt m" x={x(end)} y={y(0) + 38} text-anchor="end">
            ε
          </text>
          {children(x, y, size)}
        </>
      )}
    </ProbabilityFrame>
  );
}
