import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { AttackParts } from './AttackWidget.tsx';
import { DrawingPad } from './DrawingPad.tsx';
import { NetworkBar } from './NetworkBar.tsx';
import { RunsTable, type Run } from './RunsTable.tsx';
import { useAttack } from './useAttack.ts';
import { useNetworks, type ShownNetwork } from './useNetworks.ts';
import type { LabProps } from './widgetProps.ts';
import './css/lab.css';

/** Milliseconds after which a result counts as a run of the visit. */
const pause = 600;

/** The attack on any test image, or on a digit that the reader draws, by any network, with the runs of this visit. */
export function LabWidget(props: LabProps) {
  const networks = useNetworks(props);
  const { shown } = networks;
  const attack = useAttack(props, shown?.network);
  const { result, built, status, network } = attack.view;
  /** The network that the view is of: the newest, once its session has begun. */
  const viewed = useRef<ShownNetwork>();
  if (network === shown?.network.view.network) viewed.current = shown;
  const other = viewed.current;
  const [sheet, setSheet] = useState(0);
  const [label, setLabel] = useState<number>();
  const [runs, setRuns] = useState<Run[]>([]);
  const id = useId();

  const chooseLabel = (value: string) => {
    const chosen = value === 'prediction' ? undefined : Number(value);
    setLabel(chosen);
    if (result.image === 'drawn') attack.draw({ pixels: result.pixels, label: chosen });
  };
  useEffect(() => {
    if (status.state !== 'computed') return undefined;
    const timer = setTimeout(
      () => setRuns((before) => [...before, { network: network?.name, result }]),
      pause,
    );
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
      <NetworkBar networks={networks} published={props.networks} network={network} />
      {other && (
        <other.Panel key={other.network.worker} network={other.network} changeUnits={networks.changeUnits} />
      )}
      <AttackParts {...props} attack={attack} pad={{ picture, name }} choice={choice}>
        <RunsTable runs={runs} />
      </AttackParts>
      {other && <other.Answers key={other.network} {...props} network={other.network} />}
    </div>
  );
}
