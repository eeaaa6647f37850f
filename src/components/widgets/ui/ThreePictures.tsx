import type { ComponentChildren } from 'preact';
import { epsilon as writeEpsilon } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import { Choice } from './Choice.tsx';
import { drawChange, drawDigit, drawStep } from './drawPictures.ts';
import type { Shown } from '../session/example.ts';
import { PixelPicture } from './PixelPicture.tsx';
import { ScaleKey } from './ScaleKey.tsx';
import { Verdict } from './Verdict.tsx';
import { aDigit } from './words.ts';

/** Which perturbation the middle picture shows: the step as asked for, or what the clip left of it. */
export type Perturbation = 'step' | 'change';

/** Files of the build's pictures. */
export interface PictureFiles {
  original: string;
  step?: string;
  change: string;
  perturbed: string;
}

interface Props {
  shown: Shown;
  /** The build's files, while its result is shown. */
  files: PictureFiles | undefined;
  perturbation: Perturbation;
  onPerturbation: (perturbation: Perturbation) => void;
  /** Stands in for the first picture: the pad of the lab. */
  pad?: ComponentChildren;
  /** What the first picture is, below it. */
  name?: ComponentChildren;
  /** Pixels whose sign differs from the build's; outlined in the middle picture. */
  differing?: readonly number[];
}

/** Original + step = perturbed image, with what is read before and after. */
export function ThreePictures({
  shown,
  files,
  perturbation,
  onPerturbation,
  pad,
  name,
  differing = [],
}: Props) {
  const { pixels, path, epsilon, label, original, clip } = shown;
  const last = path[path.length - 1]!;
  const single = path.length === 1;
  const step = single && perturbation === 'step';
  const read = aDigit(argmax(last.probabilities));
  const end = writeEpsilon(epsilon);
  return (
    <div class="three-pictures">
      {pad ?? (
        <PixelPicture
          file={files?.original}
          draw={() => drawDigit(pixels)}
          ink
          size={280}
          alt={`Original image: ${aDigit(label)}, read as ${aDigit(argmax(original.probabilities))}`}
        />
      )}
      <span class="operator" aria-hidden="true">
        +
      </span>
      <span class="middle">
        <PixelPicture
          file={step ? files?.step : files?.change}
          draw={() => (step ? drawStep(last.signs) : drawChange(last.perturbed, pixels, epsilon))}
          size={280}
          alt={
            step
              ? `Step: every pixel moves by ${end} up or down, by the sign of the gradient`
              : `Change: what is left of the step, no pixel by more than ${end}`
          }
        />
        {step && differing.length > 0 && <Outlines pixels={differing} />}
      </span>
      <span class="operator" aria-hidden="true">
        =
      </span>
      <PixelPicture
        file={files?.perturbed}
        draw={() => drawDigit(last.perturbed)}
        ink
        size={280}
        alt={`Perturbed image: a person still sees ${aDigit(label)}, the network reads ${read}`}
      />
      <div class="under first">
        <span class="name">
          {name ?? (
            <>
              <i class="m">x</i>
              <span class="long">, original, test image {shown.image}</span>
            </>
          )}
        </span>
        <Verdict probabilities={original.probabilities} label={label} />
      </div>
      <div class="under second">
        {single ? (
          <>
            <Choice
              label="Which perturbation"
              value={perturbation}
              onChange={onPerturbation}
              options={[
                { value: 'step', text: <StepName /> },
                { value: 'change', text: <ChangeName clip={clip} /> },
              ]}
            />
            <span class="print-only">{step ? <StepName /> : <ChangeName clip={clip} />}</span>
          </>
        ) : (
          <span class="name">
            <ChangeName clip={clip} />
          </span>
        )}
        <ScaleKey epsilon={epsilon} />
      </div>
      <div class="under third">
        <span class="name">
          <i class="m">x</i>*
          <span class="long">
            , perturbed, <i class="m">k</i> = {path.length}
          </span>
        </span>
        <Verdict probabilities={last.probabilities} label={label} />
      </div>
    </div>
  );
}

function StepName() {
  return (
    <>
      <i class="m">ε</i> · sign ∇
    </>
  );
}

function ChangeName({ clip }: { clip: boolean }) {
  return (
    <>
      <i class="m">x</i>* − <i class="m">x</i>
      <span class="long">{clip && ', clipped'}</span>
    </>
  );
}

function Outlines({ pixels }: { pixels: readonly number[] }) {
  return (
    <svg class="outlines" viewBox="0 0 28 28" aria-hidden="true">
      {pixels.map((pixel) => (
        <rect key={pixel} x={pixel % 28} y={Math.floor(pixel / 28)} width="1" height="1" />
      ))}
    </svg>
  );
}
