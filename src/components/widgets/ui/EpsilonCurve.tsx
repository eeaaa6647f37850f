import { epsilon as writeEpsilon } from '../../format.ts';
import { predictionChanges, type EpsilonCurve as Curve } from '../session/epsilonCurve.ts';
import { linePath, ProbabilityFrame, project, type FrameSize } from './ProbabilityFrame.tsx';

interface Props {
  curve: Curve;
  label: number;
  /** The class that is drawn beside the true one; its strongest rival if undefined. */
  target: number | undefined;
  /** Where the marker stands. */
  epsilon: number;
}

const sizes: FrameSize[] = [
  { className: 'c-wide', width: 932, height: 190, x: [34, 920], y: [24, 150] },
  { className: 'c-small', width: 350, height: 200, x: [34, 338], y: [24, 160] },
];

/** Pixels that the label of the rival's curve takes at its end. */
const labelWidth = 110;

/** p of the true class and of its rival along ε for this image, with the places where the prediction changes. */
export function EpsilonCurve({ curve, label, target, epsilon }: Props) {
  const changes = predictionChanges(curve);
  const summary =
    changes.length === 0
      ? 'The prediction stays the same.'
      : `The prediction changes: ${changes
          .map(
            ({ before, epsilon: at, from, to }) =>
              `${from} → ${to} between ${writeEpsilon(before)} and ${writeEpsilon(at)}`,
          )
          .join(', ')}.`;
  return (
    <div class="along">
      <p class="heading">
        <b>The same image along </b>
        <i class="m">ε</i>. {summary}
      </p>
      {sizes.map((size) => (
        <ProbabilityFrame
          key={size.className}
          size={size}
          label={`Probability of the ${label} and of ${target === undefined ? 'its strongest rival' : `the ${target}`} along epsilon. ${summary}`}
        >
          <Curves curve={curve} label={label} target={target} epsilon={epsilon} size={size} />
        </ProbabilityFrame>
      ))}
    </div>
  );
}

function Curves({ curve, label, target, epsilon, size }: Props & { size: FrameSize }) {
  const { epsilons } = curve;
  const end = epsilons[epsilons.length - 1]!;
  const [top, bottom] = size.y;
  const [left, right] = size.x;
  const x = (value: number) => project(value / end, size.x);
  const y = (p: number) => project(1 - p, size.y);
  const line = (values: readonly number[]) => linePath(epsilons.map(x), values.map(y));
  // The label stands below all that the curve does above it.
  const lowestNearEnd = Math.min(...curve.rival.filter((_, i) => x(epsilons[i]!) >= right - labelWidth));
  return (
    <>
      <g class="tick middle">
        {[0, 1, 2, 3, 4, 5].map((tick) => (
          <text key={tick} x={x((tick / 5) * end)} y={bottom + 20}>
            {writeEpsilon((tick / 5) * end)}
          </text>
        ))}
      </g>
      <text class="axt m" x={right} y={bottom + 38} text-anchor="end">
        ε
      </text>
      {predictionChanges(curve).map(({ epsilon: at, to }) => (
        <g key={at}>
          <line class="draw" x1={x(at)} x2={x(at)} y1={top - 8} y2={bottom} stroke-dasharray="2 3" />
          <text class="q" x={x(at)} y={top - 12} text-anchor="middle">
            {to}
          </text>
        </g>
      ))}
      <path class="ln fooled" d={line(curve.rival)} />
      <path class="ln true" d={line(curve.label)} />
      <line class="mk" x1={x(epsilon)} x2={x(epsilon)} y1={top} y2={bottom + 5} />
      <text class="b true" x={left + 8} y={y(curve.label[0]!) + 22}>
        <tspan class="m">p</tspan>({label})
      </text>
      <text class="b fooled" x={right} y={Math.min(bottom - 6, y(lowestNearEnd) + 22)} text-anchor="end">
        <tspan class="m">p</tspan>({target ?? 'strongest rival'})
      </text>
    </>
  );
}
