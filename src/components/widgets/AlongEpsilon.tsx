import { epsilon as writeEpsilon } from '../format.ts';
import type { Along } from './example.ts';
import { verdictChanges } from './verdictChanges.ts';

interface Props {
  along: Along;
  label: number;
  /** Where the marker stands. */
  epsilon: number;
}

/** p of the true class and of its strongest rival along ε for this image, with the places where the verdict changes. */
export function AlongEpsilon(props: Props) {
  const changes = verdictChanges(props.along);
  return (
    <div class="along">
      <p class="heading">
        <b>The same image along </b>
        <i class="m">ε</i>. {summary(changes)}
      </p>
      <Drawing {...props} className="c-wide" width={932} height={190} />
      <Drawing {...props} className="c-small" width={350} height={200} />
    </div>
  );
}

function summary(changes: ReturnType<typeof verdictChanges>): string {
  if (changes.length === 0) return 'The verdict stays the same.';
  const list = changes.map(({ epsilon, from, to }) => `${from} → ${to} at ${writeEpsilon(epsilon)}`);
  return `The verdict changes: ${list.join(', ')}.`;
}

function Drawing({
  along,
  label,
  epsilon,
  className,
  width,
  height,
}: Props & {
  className: string;
  width: number;
  height: number;
}) {
  const end = along.epsilons[along.epsilons.length - 1]!;
  const [left, right, top, bottom] = [34, width - 12, 24, height - 40];
  const x = (value: number) => round(left + (value / end) * (right - left));
  const y = (p: number) => round(bottom - p * (bottom - top));
  const line = (values: readonly number[]) =>
    `M${values.map((p, i) => `${x(along.epsilons[i]!)} ${y(p)}`).join('L')}`;
  return (
    <svg
      class={`chart ${className}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Probability of the ${label} and of its strongest rival along epsilon. ${summary(verdictChanges(along))}`}
    >
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line class={tick === 0 ? 'axis' : 'grid'} x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text class="tick" x={left - 8} y={y(tick) + 4.5} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      {[0, 0.1, 0.2, 0.3, 0.4, 0.5].map((tick) => (
        <text key={tick} class="tick" x={x(tick)} y={bottom + 20} text-anchor="middle">
          {tick}
        </text>
      ))}
      <text class="axt" x={right} y={bottom + 38} text-anchor="end">
        <tspan class="m">ε</tspan>
      </text>
      {verdictChanges(along).map(({ epsilon: at, to }) => (
        <g key={at}>
          <line class="draw" x1={x(at)} x2={x(at)} y1={top - 8} y2={bottom} stroke-dasharray="2 3" />
          <text class="q" x={x(at)} y={top - 12} text-anchor="middle">
            {to}
          </text>
        </g>
      ))}
      <path class="ln fooled" d={line(along.rival)} />
      <path class="ln true" d={line(along.label)} />
      <line class="mk" x1={x(epsilon)} x2={x(epsilon)} y1={top} y2={bottom + 5} />
      <text class="b true" x={left + 8} y={y(along.label[0]!) + 22}>
        <tspan class="m">p</tspan>({label})
      </text>
      <text class="b fooled" x={right} y={y(along.rival[along.rival.length - 1]!) + 22} text-anchor="end">
        <tspan class="m">p</tspan>(strongest rival)
      </text>
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
