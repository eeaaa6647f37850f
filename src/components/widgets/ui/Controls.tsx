import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Choice } from './Choice.tsx';
import { EpsilonControl } from './EpsilonControl.tsx';
import { limits, type WidgetState } from '../session/state.ts';

interface Props {
  state: WidgetState;
  /** Whether the page can serve the controls yet. */
  ready: boolean;
  onChange: (change: Partial<WidgetState>) => void;
  /** The control that chooses the image. */
  picker: ComponentChildren;
  onCopyLink: () => Promise<void>;
  onDownload: (what: 'picture' | 'vectors') => void;
}

/** What the reader can turn. Hidden where scripts do not run, inert until they serve it. */
export function Controls({ state, ready, onChange, picker, onCopyLink, onDownload }: Props) {
  const { steps, clip, unit } = state;
  return (
    <div class="controls needs-js no-print" inert={!ready}>
      <EpsilonControl state={state} onChange={(epsilon) => onChange({ epsilon })} />
      <div>
        <div class="label">
          <span>
            Steps, <i class="m">k</i>
          </span>
        </div>
        <div class="row stepper" role="group" aria-label="Number of steps">
          <button
            type="button"
            aria-label="One step fewer"
            disabled={steps <= 1}
            onClick={() => onChange({ steps: steps - 1 })}
          >
            −
          </button>
          <output aria-live="polite">{steps}</output>
          <button
            type="button"
            aria-label="One step more"
            disabled={steps >= limits.steps}
            onClick={() => onChange({ steps: steps + 1 })}
          >
            +
          </button>
        </div>
      </div>
      <div>
        <div class="label">
          <span>Clip to 0…1</span>
        </div>
        <div class="row">
          <label class="switch">
            <input
              class="visually-hidden"
              type="checkbox"
              role="switch"
              checked={clip}
              aria-label="Clip the pixels to 0…1"
              onChange={({ currentTarget }) => onChange({ clip: currentTarget.checked })}
            />
            <i aria-hidden="true" />
            <span>{clip ? 'on' : 'off'}</span>
          </label>
        </div>
      </div>
      {picker}
      <div class="row share">
        <CopyLink onCopy={onCopyLink} />
      </div>
      <div class="extras">
        <Choice
          label="What the slider turns"
          value={unit}
          onChange={(value) => onChange({ unit: value })}
          options={[
            { value: 'total', text: <Total /> },
            { value: 'step', text: <PerStep /> },
          ]}
        />
        <span class="downloads">
          Download{' '}
          <button type="button" class="text-button" onClick={() => onDownload('picture')}>
            <i class="m">x</i>* (PNG)
          </button>
          ,{' '}
          <button type="button" class="text-button" onClick={() => onDownload('vectors')}>
            vectors (JSON)
          </button>
        </span>
      </div>
    </div>
  );
}

function Total() {
  return (
    <>
      total <i class="m">ε</i>
    </>
  );
}

function PerStep() {
  return (
    <>
      per step <i class="m">α</i> = <i class="m">ε</i>/<i class="m">k</i>
    </>
  );
}

function CopyLink({ onCopy }: { onCopy: () => Promise<void> }) {
  const [words, setWords] = useState('Copy link');
  const copy = () =>
    onCopy().then(
      () => setWords('Copied'),
      () => setWords('Copy failed'),
    );
  return (
    <button
      type="button"
      class="text-button"
      onClick={() => {
        void copy().then(() => setTimeout(() => setWords('Copy link'), 1500));
      }}
    >
      {words}
    </button>
  );
}
