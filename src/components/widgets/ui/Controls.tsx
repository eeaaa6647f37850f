import { useId, useRef, useState } from 'preact/hooks';
import { aDigitName } from '../../format.ts';
import { listImages, type LibraryFiles, type ListedImage } from '../session/imageLibrary.ts';
import { limits, linkTo } from '../session/state.ts';
import { Choice } from './Choice.tsx';
import { isPicture, type View } from '../session/view.ts';
import { Downloads, type Download } from './Downloads.tsx';
import { EpsilonControl } from './EpsilonControl.tsx';
import type { AttackControl } from './useAttack.ts';
import type { AttackWidgetProps } from './widgetProps.ts';

/** The two sizes of ε that the slider can turn. */
const units = {
  total: (
    <>
      total <i class="m">ε</i>
    </>
  ),
  step: (
    <>
      per step <i class="m">α</i> = <i class="m">ε</i>/<i class="m">k</i>
    </>
  ),
};

/** What the reader can turn. */
export function Controls(props: AttackWidgetProps & { attack: AttackControl }) {
  const { attack, files, name, anchor } = props;
  const { view, change } = attack;
  const { state, result, network } = view;
  const { steps, clip, unit } = state;
  const stepButton = (by: -1 | 1, sign: string, label: string) => (
    <button
      type="button"
      aria-label={label}
      disabled={steps + by < 1 || steps + by > limits.steps}
      onClick={() => change({ steps: steps + by })}
    >
      {sign}
    </button>
  );
  return (
    <div class="controls needs-js no-print">
      <EpsilonControl attack={attack} />
      <div>
        <div class="label">
          <span>
            Steps, <i class="m">k</i>
          </span>
        </div>
        <div class="row stepper" role="group" aria-label="Number of steps">
          {stepButton(-1, '−', 'One step fewer')}
          <output aria-live="polite">{steps}</output>
          {stepButton(1, '+', 'One step more')}
        </div>
      </div>
      <div>
        <div class="label">Clip to 0…1</div>
        <div class="row">
          <label class="switch">
            <input
              class="visually-hidden"
              type="checkbox"
              role="switch"
              checked={clip}
              aria-label="Clip the pixels to 0…1"
              onChange={({ currentTarget }) => change({ clip: currentTarget.checked })}
            />
            <i aria-hidden="true" />
            <span>{clip ? 'on' : 'off'}</span>
          </label>
        </div>
      </div>
      <ImagePicker attack={attack} files={files} />
      <div class="row share">
        {network && !network.address ? (
          'A link cannot hold your file'
        ) : (
          <CopyLink link={() => linkTo(name, state, anchor, network?.address)} />
        )}
      </div>
      <div class="extras">
        <Choice
          label="What the slider turns"
          value={unit}
          onChange={(value) => change({ unit: value })}
          options={units}
        />
        <span>
          <Downloads
            files={filesOf(view, name)}
            note={!isPicture(result) && ': x* leaves 0…1 and is no picture'}
          />
        </span>
      </div>
    </div>
  );
}

/** x* as a picture, if it is one, and the numbers of the run. */
function filesOf({ result, network }: View, name: string): Download[] {
  const vectors: Download = {
    name: `${name}-vectors.json`,
    text: 'vectors (JSON)',
    write: ({ vectorsFile }) => vectorsFile(result, network),
  };
  if (!isPicture(result)) return [vectors];
  const text = (
    <>
      <i class="m">x</i>* (PNG)
    </>
  );
  return [{ name: `${name}-perturbed.png`, text, write: ({ pictureFile }) => pictureFile(result) }, vectors];
}

function CopyLink({ link }: { link: () => string }) {
  const [words, setWords] = useState('Copy link');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link());
      setWords('Copied');
    } catch {
      // On http, and where it is forbidden, there is no clipboard.
      setWords('Copy the address above');
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setWords('Copy link'), 3000);
  };
  return (
    <button type="button" class="text-button" onClick={() => void copy()}>
      {words}
    </button>
  );
}

/**
 * Test images by class, those marked that the report's network misclassifies, while it is shown; their list is fetched when
 * the reader comes to it.
 */
function ImagePicker({ attack, files }: { attack: AttackControl; files: LibraryFiles }) {
  const { view, change } = attack;
  const { image } = view.state;
  const id = useId();
  const [images, setImages] = useState<ListedImage[]>([]);
  const [problem, setProblem] = useState('');
  const load = () => {
    if (images.length > 0) return;
    listImages(files).then(
      (list) => {
        setImages(list);
        setProblem('');
      },
      () => setProblem('more images could not be fetched'),
    );
  };
  const listed = images.some(({ index }) => index === image);
  return (
    <div class="picker">
      <div class="label">
        <label for={id}>Test image</label>
      </div>
      <div class="row">
        <select
          id={id}
          value={image}
          onPointerDown={load}
          onFocus={load}
          onChange={({ currentTarget }) => {
            const chosen = Number(currentTarget.value);
            if (Number.isInteger(chosen)) change({ image: chosen });
          }}
        >
          {!listed && (
            <option value={image}>
              {image === 'drawn' ? 'your digit' : `${image}, ${aDigitName(view.result.label)}`}
            </option>
          )}
          {images.length === 0 && <option disabled>{problem || 'more images are on their way'}</option>}
          {Object.entries(Object.groupBy(images, (one) => one.label)).map(([digit, ofClass]) => (
            <optgroup key={digit} label={`Images of ${aDigitName(Number(digit))}`}>
              {ofClass!.map((one) => (
                <option key={one.index} value={one.index}>
                  {one.index}, {aDigitName(one.label)}
                  {!view.network &&
                    one.predicted !== one.label &&
                    `, misclassified as ${aDigitName(one.predicted)}`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
    </div>
  );
}
