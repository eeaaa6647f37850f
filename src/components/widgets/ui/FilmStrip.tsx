import { aDigitName, loss as writeLoss, probability } from '../../format.ts';
import { argmax, runnerUp } from '../../../compute/statistics.ts';
import type { AttackResult } from '../session/view.ts';
import { changeOf, PixelPicture, ScaleKey } from './PixelPicture.tsx';
import { linePath, ProbabilityFrame, type FrameSize } from './ProbabilityFrame.tsx';
import type { AttackWidgetProps } from './widgetProps.ts';

interface Props {
  result: AttackResult;
  /** The build's files, while its result is shown: images x₀ … x_k and changes of x₁ … x_k. */
  files: AttackWidgetProps['film'];
}

/** Pictures that fit into a row of the wide strip; the points of more of them are numbered in the chart. */
const mostColumns = 6;

/** The image after each step over the change so far, with p of the true class, p of its strongest rival or the target, and the loss. */
export function FilmStrip({ result, files }: Props) {
  const { pixels, original, path, label, target, epsilon } = result;
  const rival = target ?? runnerUp(path.at(-1)!.prediction.probabilities, label);
  const readings = [original, ...path];
  // In the wide strip one for each picture where six fit, otherwise as many as fill all rows alike.
  const columns = Math.ceil(readings.length / Math.ceil(readings.length / mostColumns));
  return (
    <div class="film">
      <ol style={`--columns: ${columns}`}>
        {readings.map(({ prediction: { probabilities }, loss }, step) => {
          const point = step === 0 ? pixels : path[step - 1]!.perturbed;
          return (
            <li key={step}>
              <div class="name">
                <i class="m">x</i>
                <sub>{step}</sub>
                {step === 0 && ', original'}
                {step === path.length && (
                  <>
                    {' '}
                    = <i class="m">x</i>*
                  </>
                )}
              </div>
              <div class="pair">
                <PixelPicture
                  file={files?.images[step]}
                  values={point}
                  alt={`After ${step} of ${path.length} steps: predicted as ${aDigitName(argmax(probabilities))}`}
                />
                {step === 0 ? (
                  <span class="pixel-picture none">
                    <span class="key-place">
                      change so far
                      <ScaleKey epsilon={epsilon} />
                    </span>
                  </span>
                ) : (
                  <PixelPicture
                    file={files?.changes[step - 1]}
                    values={changeOf(point, pixels)}
                    scale={epsilon}
                    alt={`Change after ${step} of ${path.length} steps`}
                  />
                )}
              </div>
              <dl>
                <dt class="c-true">
                  <i class="m">p</i>({label})
                </dt>
                <dd>{probability(probabilities[label]!)}</dd>
                <dt class="c-fooled">
                  <i class="m">p</i>({rival})
                </dt>
                <dd>{probability(probabilities[rival]!)}</dd>
                <dt>loss</dt>
                <dd>{writeLoss(loss)}</dd>
              </dl>
            </li>
          );
        })}
      </ol>
      <StepsChart result={result} rival={rival} />
    </div>
  );
}

const sizes: FrameSize[] = [
  { className: 'c-wide', width: 932, height: 150, x: [70, 862], y: [14, 140] },
  { className: 'c-small', width: 350, height: 160, x: [24, 326], y: [14, 150] },
];

/** p(true) and p(rival) after each step; in the wide drawing each point stands under its column, or over its number. */
function StepsChart({ result, rival }: { result: AttackResult; rival: number }) {
  const { label, original, path } = result;
  const steps = path.length;
  const along = (digit: number) =>
    [original, ...path].map(({ prediction }) => prediction.probabilities[digit]!);
  const numbered = ({ className }: FrameSize) => className === 'c-small' || steps >= mostColumns;
  // A label stands where its curve is far from the other: at the beginning and at the end.
  const classes = [
    { name: 'true', digit: label, values: along(label), at: 0.5 },
    { name: 'fooled', digit: rival, values: along(rival), at: steps - 0.5 },
  ];
  return (
    <ProbabilityFrame
      sizes={sizes.map((size) => (numbered(size) ? { ...size, height: size.height + 16 } : size))}
      end={steps}
      inside
      label={`Probability of the ${label} and of the ${rival} after each of ${steps} steps; the values stand in the strip above`}
    >
      {(x, y, size) => (
        <>
          {numbered(size) &&
            numbersOf(steps, x(1) - x(0)).map((step) => (
              <text key={step} class="tick" x={x(step)} y={y(0) + 20} text-anchor="middle">
                {step}
              </text>
            ))}
          {classes.map(({ name, digit, values, at }) => {
            const near = values[Math.round(at)]!;
            const xs = values.map((_, i) => x(i));
            return (
              <g key={name}>
                <path class={`ln ${name}`} d={linePath(xs, values.map(y))} />
                {values.map((p, i) => (
                  <circle key={i} class={`pt ${name}`} cx={xs[i]} cy={y(p)} r={4}>
                    <title>
                      step {i}, p({digit}) {probability(p)}
                    </title>
                  </circle>
                ))}
                <text
                  class={`b ${name}`}
                  x={x(at)}
                  y={y(near) + (near > 0.5 ? 24 : -10)}
                  text-anchor="middle"
                >
                  <tspan class="m">p</tspan>({digit})
                </text>
              </g>
            );
          })}
        </>
      )}
    </ProbabilityFrame>
  );
}

/** Steps that have a number: each, or each second or fifth where they stand too close. */
function numbersOf(steps: number, gap: number): number[] {
  const every = [1, 2, 5].find((count) => count * gap >= 24) ?? 10;
  return Array.from({ length: Math.floor(steps / every) + 1 }, (_, i) => i * every);
}
