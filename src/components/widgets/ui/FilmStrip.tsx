import { aDigitName, loss as writeLoss, probability } from '../../format.ts';
import { argmax, runnerUp } from '../../../compute/statistics.ts';
import type { AttackResult } from '../session/example.ts';
import { changeOf, PixelPicture, ScaleKey } from './PixelPicture.tsx';
import { StepsChart } from './StepsChart.tsx';
import type { AttackWidgetProps } from './widgetProps.ts';

interface Props {
  result: AttackResult;
  /** The build's files, while its result is shown: images x₀ … x_k and changes of x₁ … x_k. */
  files: AttackWidgetProps['film'];
}

/** The image after each step over the change so far, with p of the true class, p of its strongest rival or the target, and the loss. */
export function FilmStrip({ result, files }: Props) {
  const { pixels, original, path, label, target, epsilon } = result;
  const rival = target ?? runnerUp(path.at(-1)!.prediction.probabilities, label);
  const readings = [original, ...path];
  // In the wide strip one for each picture where six fit, otherwise as many as fill all rows alike.
  const columns = Math.ceil(readings.length / Math.ceil(readings.length / 6));
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
