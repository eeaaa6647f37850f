import { useEffect, useId, useState } from 'preact/hooks';
import type { AttackResult } from '../session/example.ts';
import { AttackParts } from './AttackWidget.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { RunsTable } from './RunsTable.tsx';
import { useAttack } from './useAttack.ts';
import type { AttackWidgetProps } from './widgetProps.ts';

/** Milliseconds after which a result counts as a run of the visit. */
const pause = 600;

/** The attack on any test image, or on a digit that the reader draws, with the runs of this visit. */
export function LabWidget(props: AttackWidgetProps) {
  const attack = useAttack(props);
  const { result, built, status } = attack.view;
  const [sheet, setSheet] = useState(0);
  const [label, setLabel] = useState<number>();
  const [runs, setRuns] = useState<AttackResult[]>([]);
  const id = useId();

  const chooseLabel = (value: string) => {
    const chosen = value === 'prediction' ? undefined : Number(value);
    setLabel(chosen);
    if (result.image === 'drawn') attack.draw({ pixels: result.pixels, label: chosen });
  };
  useEffect(() => {
    if (status.state !== 'computed') return undefined;
    const timer = setTimeout(() => setRuns((before) => [...before, result]), pause);
    return () => {
      clearTimeout(timer);
    };
    // A run counts once; what fills in later belongs to it.
  }, [result.path]);

  const picture = (
    <DrawingPad
      image={attack.view.state.image}
      result={result}
      file={built ? props.pictures?.original : undefined}
      sheet={sheet}
      onDrawn={(pixels) => attack.draw({ pixels, label })}
    />
  );
  const name = (
    <>
      <i class="m">x</i>
      <span class="needs-js no-print">
        , draw over it with mouse or pen, or{' '}
        <button type="button" class="text-button" onClick={() => setSheet(sheet + 1)}>
          start empty
        </button>
      </span>
    </>
  );
  const choice = (
    <p class="truth needs-js no-print">
      <label for={id}>The true class of what you draw is</label>{' '}
      <select
        id={id}
        value={label ?? 'prediction'}
        onChange={({ currentTarget: { value } }) => chooseLabel(value)}
      >
        <option value="prediction">taken from the prediction</option>
        {result.original.prediction.probabilities.map((_, digit) => (
          <option key={digit} value={digit}>
            {digit}
          </option>
        ))}
      </select>
    </p>
  );
  return (
    <div class="lab-widget">
      <AttackParts {...props} attack={attack} pad={{ picture, name }} choice={choice}>
        <RunsTable runs={runs} />
      </AttackParts>
    </div>
  );
}
