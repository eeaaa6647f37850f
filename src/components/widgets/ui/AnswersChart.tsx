import { count, epsilon as writeEpsilon, stepsName } from '../../format.ts';
import type { AnsweredCurve } from '../session/answerQuestions.ts';
import { accuracies } from '../session/curveRun.ts';
import { linePath, ProbabilityFrame, project, type FrameSize } from './ProbabilityFrame.tsx';

const sizes: FrameSize[] = [
  { className: 'c-wide', width: 932, height: 330, x: [34, 920], y: [24, 286] },
  { className: 'c-small', width: 350, height: 290, x: [34, 338], y: [24, 246] },
];

const styleOf = ({ steps }: AnsweredCurve) => (steps === 1 ? 'fgsm' : 'iterative');

/** Accuracy against ε of a network here, with points, and of the report's, as thin lines. */
export function AnswersChart({ curves }: { curves: readonly AnsweredCurve[] }) {
  const done = curves[0]!.predicted[0]!.length;
  const all = curves[0]!.labels.length;
  return (
    <>
      <p class="heading">
        <b>Accuracy on {count(all)} test images along </b>
        <i class="m">ε</i>
      </p>
      <ul class="key">
        {curves.map((curve) => (
          <li key={curve.steps}>
            <svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true" class="chart">
              <path class={`ln ${styleOf(curve)}`} d="M0 6H40" />
              <Point style={styleOf(curve)} x={20} y={6} />
            </svg>{' '}
            {stepsName(curve.steps)}
            {curve.predicted[0]!.length < all && `, ${count(curve.predicted[0]!.length)} images so far`}
          </li>
        ))}
        <li>
          <svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true" class="chart">
            <path class="ln fgsm thin" d="M0 6H40" />
          </svg>{' '}
          the report’s network
        </li>
      </ul>
      {sizes.map((size) => (
        <ProbabilityFrame
          key={size.className}
          size={size}
          label={`Accuracy of this network against epsilon, ${curves.map(({ steps }) => stepsName(steps)).join(' and ')}, on ${count(done)} images, with that of the report’s network; the values stand in the table below`}
        >
          <Curves curves={curves} size={size} />
        </ProbabilityFrame>
      ))}
    </>
  );
}

function Curves({ curves, size }: { curves: readonly AnsweredCurve[]; size: FrameSize }) {
  const { epsilons } = curves[0]!;
  const end = epsilons.at(-1)!;
  const x = (value: number) => project(value / end, size.x);
  const y = (accuracy: number) => project(1 - accuracy, size.y);
  const xs = epsilons.map(x);
  return (
    <>
      {[0, 0.1, 0.2, 0.3, 0.4, 0.5]
        .filter((tick) => tick <= end)
        .map((tick) => (
          <text key={tick} class="tick" x={x(tick)} y={size.y[1] + 20} text-anchor="middle">
            {writeEpsilon(tick)}
          </text>
        ))}
      <text class="axt m" x={size.x[1]} y={size.y[1] + 38} text-anchor="end">
        ε
      </text>
      {curves.map((curve) => {
        const style = styleOf(curve);
        const own = accuracies(curve.labels, curve.predicted);
        return (
          <g key={curve.steps}>
            <path
              class={`ln ${style} thin`}
              d={linePath(xs, accuracies(curve.labels, curve.published).map(y))}
            />
            <path class={`ln ${style}`} d={linePath(xs, own.map(y))} />
            {own.map((accuracy, i) => (
              <Point key={i} style={style} x={xs[i]!} y={y(accuracy)} />
            ))}
          </g>
        );
      })}
    </>
  );
}

function Point({ style, x, y }: { style: string; x: number; y: number }) {
  return style === 'fgsm' ? (
    <circle class={`pt ${style}`} cx={x} cy={y} r={3.4} />
  ) : (
    <rect class={`pt ${style}`} x={x - 3.2} y={y - 3.2} width={6.4} height={6.4} />
  );
}
