import { useId, useRef, useState } from 'preact/hooks';
import { decimal } from '../../format.ts';
import { limits } from '../session/state.ts';
import type { AttackControl } from './useAttack.ts';

const decimals = 4;

/** ε as a slider and a number field, in all or for each step, with its size on the scale of 256 grey levels. */
export function EpsilonControl({ attack }: { attack: AttackControl }) {
  const { epsilon, steps, unit } = attack.view.state;
  const onChange = (chosen: number) => attack.change({ epsilon: chosen });
  const id = useId();
  const share = unit === 'step' ? steps : 1;
  const rounded = (value: number) => Number(value.toFixed(decimals));
  const [value, max] = [rounded(epsilon / share), rounded(limits.epsilon / share)];
  const of255 = decimal((epsilon / share) * 255, 1);
  const name = unit === 'step' ? 'alpha' : 'epsilon';
  /** What is being typed: it stands, whatever answers come meanwhile, until it is entered or left. */
  const [draft, setDraft] = useState<string>();
  /** ε when a finger came down: it stands again if the finger went on to scroll the page. */
  const held = useRef(epsilon);
  const enter = (field: HTMLInputElement) => {
    const wanted = Math.max(0, field.valueAsNumber);
    // The largest step makes up the largest total, although both are rounded.
    if (Number.isFinite(wanted)) onChange(wanted >= max ? limits.epsilon : rounded(wanted * share));
  };
  return (
    <div class="epsilon">
      <div class="label">
        <label for={id}>
          {unit === 'step' ? 'Change of a pixel in one step, ' : 'Largest change of a pixel, '}
          <i class="m">{unit === 'step' ? 'α' : 'ε'}</i>
        </label>
        <span class="readout">
          <input
            type="number"
            min={0}
            max={max}
            step={0.001}
            value={draft ?? value}
            aria-label={`${name} as a number`}
            onInput={({ currentTarget }) => setDraft(currentTarget.value)}
            onChange={({ currentTarget }) => {
              enter(currentTarget);
              setDraft(undefined);
            }}
            onBlur={() => setDraft(undefined)}
            onWheel={({ currentTarget }) => currentTarget.blur()}
          />
          , or {of255} of 255
        </span>
      </div>
      <div class="row">
        <input
          id={id}
          type="range"
          min={0}
          max={limits.epsilon}
          step={0.005}
          value={epsilon}
          aria-valuetext={`${name} ${decimal(epsilon / share, 3)}, ${of255} of 255`}
          onInput={({ currentTarget }) => onChange(rounded(currentTarget.valueAsNumber))}
          onPointerDown={({ isPrimary }) => {
            if (isPrimary) held.current = epsilon;
          }}
          onPointerCancel={() => onChange(held.current)}
        />
      </div>
    </div>
  );
}
