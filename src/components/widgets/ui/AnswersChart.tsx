import { count, stepsName } from '../../format.ts';
import type { AnsweredCurve } from '../session/answerQuestions.ts';
import { accuracies } from '../session/curveRun.ts';
import { EpsilonFrame, linePath } from './ProbabilityFrame.tsx';

const styleOf = ({ steps }: AnsweredCurve) => (steps === 1 ? 'fgsm' : 'iterative');

/** Accuracy against ε of a network here, with points, and of the report's, as thin lines. */
export function AnswersChart({ curves }: { curves: readonly AnsweredCurve[] }) {
  const { epsilons, labels, predicted } = curves[0]!;
  const names = curves.map(({ steps }) => stepsName(steps)).join(' and ');
  return (
    <>
      <p class="heading">
        <b>Accuracy on {count(labels.length)} test images along </b>
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
            {curve.predicted[0]!.length < labels.length &&
              `, ${count(curve.predicted[0]!.length)} images so far`}
          </li>
        ))}
        <li>
          <svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true" class="chart">
            <path class="ln fgsm thin" d="M0 6H40" />
          </svg>{' '}
          the report’s network
        </li>
      </ul>
      <EpsilonFrame
        heights={[326, 286]}
        end={epsilons.at(-1)!}
        label={`Accuracy of this network against epsilon, ${names}, on ${count(predicted[0]!.length)} images, with that of the report’s network; the values stand in the table below`}
      >
        {(x, y) => {
          const xs = epsilons.map(x);
          return curves.map((curve) => {
            const style = styleOf(curve);
            const own = accuracies(curve.labels, curve.predicted).map(y);
            const published = accuracies(curve.labels, curve.published).map(y);
            return (
              <g key={curve.steps}>
                <path class={`ln ${style} thin`} d={linePath(xs, published)} />
                <path class={`ln ${style}`} d={linePath(xs, own)} />
                {own.map((at, i) => (
                  <Point key={i} style={style} x={xs[i]!} y={at} />
                ))}
              </g>
            );
          });
        }}
      </EpsilonFrame>
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
