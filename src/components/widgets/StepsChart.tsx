import { probability } from '../format.ts';

interface Props {
  label: number;
  rival: number;
  /** p of the true class and of its rival at x₀ … x_k. */
  points: readonly (readonly [number, number])[];
}

/** p(true) and p(rival) after each step; in the wide drawing of six points each stands under its column. */
export function StepsChart(props: Props) {
  return (
    <>
      <Drawing {...props} className="c-wide" width={932} height={150} x={[70, 862]} />
      <Drawing {...props} className="c-small" width={350} height={160} x={[24, 326]} />
    </>
  );
}

interface Size {
  className: string;
  width: number;
  height: number;
  x: readonly [number, number];
}

function Drawing({ label, rival, points, className, width, height, x: [left, right] }: Props & Size) {
  const steps = points.length - 1;
  const [top, bottom] = [14, height - 10];
  const x = (step: number) => round(left + (step / steps) * (right - left));
  const y = (p: number) => round(bottom - p * (bottom - top));
  const classes = [
    { name: 'true', digit: label, values: points.map(([p]) => p) },
    { name: 'fooled', digit: rival, values: points.map(([, p]) => p) },
  ];
  // The labels stand where the curves are far apart: each at its own larger end.
  const sides = [0.5, Math.max(0, steps - 0.5)];
  return (
    <svg
      class={`chart ${className}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Probability of the ${label} and of the ${rival} after each of ${steps} steps; the values stand in the strip above`}
    >
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? 'axis' : 'grid'} x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={0} y={y(tick) - 4}>
            {tick}
          </text>
        </g>
      ))}
      {classes.map(({ name, values }) => (
        <path key={name} class={`ln ${name}`} d={`M${values.map((p, i) => `${x(i)} ${y(p)}`).join('L')}`} />
      ))}
      {classes.map(({ name, digit, values }) =>
        values.map((p, i) => (
          <circle key={`${name}${i}`} class={`pt ${name}`} cx={x(i)} cy={y(p)} r={4}>
            <title>
              step {i}, p({digit}) {probability(p)}
            </title>
          </circle>
        )),
      )}
      {classes.map(({ name, digit, values }, i) => {
        const at = sides[i]!;
        const p = values[i === 0 ? 0 : steps]!;
        return (
          <text
            key={name}
            class={`b ${name}`}
            x={x(at)}
            y={p > 0.5 ? y(p) + 24 : y(p) - 10}
            text-anchor="middle"
          >
            <tspan class="m">p</tspan>({digit})
          </text>
        );
      })}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
