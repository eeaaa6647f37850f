import { epsilon as writeEpsilon } from '../../format.ts';
import { predictionChanges, type AttackResult, type EpsilonCurve as Curve } from '../session/view.ts';
import { EpsilonFrame, linePath } from './ProbabilityFrame.tsx';

/** Pixels that the label of the rival's curve takes at its end. */
const labelWidth = 110;

/** p of the true class and of its rival along ε for this image, with the places where the prediction changes. */
export function EpsilonCurve({ curve, result }: { curve: Curve; result: AttackResult }) {
  const { label, target, epsilon } = result;
  const { epsilons, rival } = curve;
  const end = epsilons.at(-1)!;
  const changes = predictionChanges(curve);
  const places = changes.map(
    ({ before, epsilon: at, from, to }) =>
      `${from} → ${to} between ${writeEpsilon(before)} and ${writeEpsilon(at)}`,
  );
  const summary =
    places.length === 0 ? 'The prediction stays the same.' : `The prediction changes: ${places.join(', ')}.`;
  return (
    <div class="along">
      <p class="heading">
        <b>The same image along </b>
        <i class="m">ε</i>. {summary}
      </p>
      <EpsilonFrame
        heights={[190, 200]}
        end={end}
        label={`Probability of the ${label} and of ${target === undefined ? 'its strongest rival' : `the ${target}`} along epsilon. ${summary}`}
      >
        {(x, y) => {
          const xs = epsilons.map(x);
          const [left, right, top, bottom] = [x(0), x(end), y(1), y(0)];
          // The label stands below all that the curve does above it.
          const lowestNearEnd = Math.min(...rival.filter((_, i) => xs[i]! >= right - labelWidth));
          return (
            <>
              {changes.map(({ epsilon: at, to }) => (
                <g key={at}>
                  <line class="draw" x1={x(at)} x2={x(at)} y1={top - 8} y2={bottom} stroke-dasharray="2 3" />
                  <text class="q" x={x(at)} y={top - 12} text-anchor="middle">
                    {to}
                  </text>
                </g>
              ))}
              <path class="ln fooled" d={linePath(xs, rival.map(y))} />
              <path class="ln true" d={linePath(xs, curve.label.map(y))} />
              <line class="mk" x1={x(epsilon)} x2={x(epsilon)} y1={top} y2={bottom + 5} />
              <text class="b true" x={left + 8} y={y(curve.label[0]!) + 22}>
                <tspan class="m">p</tspan>({label})
              </text>
              <text
                class="b fooled"
                x={right}
                y={Math.min(bottom - 6, y(lowestNearEnd) + 22)}
                text-anchor="end"
              >
                <tspan class="m">p</tspan>({target ?? 'strongest rival'})
              </text>
            </>
          );
        }}
      </EpsilonFrame>
    </div>
  );
}
