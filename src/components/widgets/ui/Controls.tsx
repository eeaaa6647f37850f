import { useRef, useState } from 'preact/hooks';
import { isPicture } from '../session/example.ts';
import { limits } from '../session/state.ts';
import { linkTo } from './address.ts';
import { Choice } from './Choice.tsx';
import type { View } from '../session/view.ts';
import { Downloads, type Download } from './Downloads.tsx';
import { EpsilonControl } from './EpsilonControl.tsx';
import { ImagePicker } from './ImagePicker.tsx';
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
  const picture: Download = {
    name: `${name}-perturbed.png`,
    text: (
      <>
        <i class="m">x</i>* (PNG)
      </>
    ),
    write: ({ pictureFile }) => pictureFile(result),
  };
  const vectors: Download = {
    name: `${name}-vectors.json`,
    text: 'vectors (JSON)',
    write: ({ vectorsFile }) => vectorsFile(result, network),
  };
  return isPicture(result) ? [picture, vectors] : [vectors];
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
