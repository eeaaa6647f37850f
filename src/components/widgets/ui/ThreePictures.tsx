import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { aDigitName, epsilon as writeEpsilon, relation } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { AttackResult, Reading } from '../session/view.ts';
import { Choice } from './Choice.tsx';
import { changeOf, PixelPicture, ScaleKey } from './PixelPicture.tsx';
import type { AttackWidgetProps } from './widgetProps.ts';

interface Props {
  result: AttackResult;
  /** The build's files, while its result is shown. */
  files: AttackWidgetProps['pictures'];
  /** Stands in for the first picture, with what it is: the pad of the lab. */
  pad: { picture: ComponentChildren; name: ComponentChildren } | undefined;
  /** Pixels whose sign differs from the build's; outlined in the middle picture. */
  differing: readonly number[] | undefined;
}

/** Original + step = perturbed image, with the prediction before and after. */
export function ThreePictures({ result, files, pad, differing }: Props) {
  /** Which perturbation the middle picture shows: the step as asked for, or what the clip left of it. */
  const [perturbation, setPerturbation] = useState<'step' | 'change'>('step');
  const { pixels, path, epsilon, label, original, clip } = result;
  const last = path.at(-1)!;
  const single = path.length === 1;
  const step = single && perturbation === 'step';
  const predicted = aDigitName(argmax(last.prediction.probabilities));
  const end = writeEpsilon(epsilon);
  const middle = step
    ? {
        file: files?.step,
        values: last.signs,
        scale: 1,
        alt: `Step: every pixel moves by ${end} up or down, by the sign of the gradient`,
      }
    : {
        file: files?.change,
        values: changeOf(last.perturbed, pixels),
        scale: epsilon,
        alt: `Change: what is left of the step, no pixel by more than ${end}`,
      };
  const stepName = (
    <>
      <i class="m">ε</i> · sign ∇
    </>
  );
  const changeName = (
    <>
      <i class="m">x</i>* − <i class="m">x</i>
      <span class="long">{clip && ', clipped'}</span>
    </>
  );
  return (
    <div class="three-pictures">
      {pad?.picture ?? (
        <PixelPicture
          file={files?.original}
          values={pixels}
          alt={`Original image: ${aDigitName(label)}, predicted as ${aDigitName(argmax(original.prediction.probabilities))}`}
        />
      )}
      <span class="operator" aria-hidden="true">
        +
      </span>
      <PixelPicture {...middle}>
        {step && differing && (
          <svg class="outlines" viewBox="0 0 28 28" aria-hidden="true">
            {differing.map((pixel) => (
              <rect key={pixel} x={pixel % 28} y={Math.floor(pixel / 28)} width="1" height="1" />
            ))}
          </svg>
        )}
      </PixelPicture>
      <span class="operator" aria-hidden="true">
        =
      </span>
      <PixelPicture
        file={files?.perturbed}
        values={last.perturbed}
        alt={`Perturbed image: ${aDigitName(label)}, predicted as ${predicted}`}
      />
      <div class="under first">
        <span class="name">
          {pad?.name ?? (
            <>
              <i class="m">x</i>
              <span class="long">, original, test image {result.image}</span>
            </>
          )}
        </span>
        <Prediction reading={original} label={label} />
      </div>
      <div class="under second">
        {single && (
          <Choice
            label="Which perturbation"
            value={perturbation}
            onChange={setPerturbation}
            options={{ step: stepName, change: changeName }}
          />
        )}
        <span class={single ? 'print-only' : 'name'}>{step ? stepName : changeName}</span>
        <ScaleKey epsilon={epsilon} />
      </div>
      <div class="under third">
        <span class="name">
          <i class="m">x</i>*
          <span class="long">
            , perturbed, <i class="m">k</i> = {path.length}
          </span>
        </span>
        <Prediction reading={last} label={label} />
      </div>
    </div>
  );
}

/** The predicted class and its probability; blue if it is the true class, orange if not. */
function Prediction({ reading, label }: { reading: Reading; label: number }) {
  const { probabilities } = reading.prediction;
  const digit = argmax(probabilities);
  return (
    <div class={`prediction ${digit === label ? 'c-true' : 'c-fooled'}`}>
      <span class="digit">{digit}</span>{' '}
      <span class="p">
        <i class="m">p</i> {relation(probabilities[digit]!)}
      </span>
    </div>
  );
}
