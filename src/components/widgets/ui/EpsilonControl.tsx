import { useId } from 'preact/hooks';
import { limits, type WidgetState } from '../session/state.ts';
import { epsilonWords } from '../session/words.ts';

interface Props {
  state: WidgetState;
  onChange: (epsilon: number) => void;
}

const decimals = 4;

/** ε as a slider and a number field, in all or for each step, with its size on the scale of 256 grey levels. */
export function EpsilonControl({ state: { epsilon, steps, unit }, onChange }: Props) {
  const id = useId();
  const share = unit === 'step' ? steps : 1;
  const value = Number((epsilon / share).toFixed(decimals));
  const max = Number((limits.epsilon / share).toFixed(decimals));
  const words = epsilonWords(epsilon / share);
  const name = unit === 'step' ? 'alpha' : 'epsilon';
  const change = (input: HTMLInputElement) => {
    const wanted = input.valueAsNumber;
    if (!Number.isFinite(wanted)) return;
    const within = Math.min(max, Math.max(0, wanted));
    if (within !== wanted) input.value = String(within);
    onChange(Math.min(limits.epsilon, Number((within * share).toFixed(decimals))));
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
            value={value}
            aria-label={`${name} as a number`}
            onChange={({ currentTarget }) => change(currentTarget)}
          />
          , or {words.of255} of 255
        </span>
      </div>
      <div class="row">
        <input
          id={id}
          type="range"
          min={0}
          max={max}
          step={Number((0.005 / share).toFixed(decimals + 2))}
          value={value}
          aria-valuetext={`${name} ${words.value}, ${words.of255} of 255`}
          onInput={({ currentTarget }) => change(currentTarget)}
        />
      </div>
    </div>
  );
}
