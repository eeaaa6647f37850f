import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { argmax } from '../../../compute/statistics.ts';
import { aDigitName, decimal, probability } from '../../format.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import { limits } from '../session/state.ts';
import type { AttackResult, NamedNetwork } from '../session/view.ts';
import { unitWords } from '../session/status.ts';
import { AttackParts } from './AttackWidget.tsx';
import { NetworkBar } from './NetworkBar.tsx';
import { ScrollTable } from './ScrollTable.tsx';
import { useAttack } from './useAttack.ts';
import { useDrawingPad } from './useDrawingPad.tsx';
import { useNetworks, type ShownNetwork } from './useNetworks.ts';
import type { LabProps } from './widgetProps.ts';
import './css/lab.css';

/** One run, with the network if it was not the report's own. */
interface Run {
  network: NamedNetwork | undefined;
  result: AttackResult;
}

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
  /** The network that the reader has done something with. */
  const [used, setUsed] = useState<OpenedNetwork>();
  const use = () => setUsed(other?.network);
  const [label, setLabel] = useState<number>();
  const pad = useDrawingPad({ attack, label, file: built ? props.pictures?.original : undefined });
  const [runs, setRuns] = useState<Run[]>([]);

  const chooseLabel = (chosen: number | undefined) => {
    setLabel(chosen);
    attack.draw({ label: chosen });
  };
  useEffect(() => {
    if (status.state !== 'computed') return undefined;
    const timer = setTimeout(() => setRuns((before) => [...before, { network, result }]), pause);
    return () => clearTimeout(timer);
    // A run counts once; what fills in later belongs to it.
  }, [result.path]);

  const choice = (
    <div class="choices needs-js no-print">
      <DigitChoice
        label="The attack moves"
        none="away from the true class"
        prefix="towards "
        value={attack.view.state.target}
        onChange={(target) => attack.change({ target })}
      />
      <DigitChoice
        label="The true class of what you draw is"
        none="taken from the prediction"
        value={label}
        onChange={chooseLabel}
      />
    </div>
  );
  return (
    <div class="lab-widget" data-ready={attack.ready} onClick={use} onInput={use}>
      <NetworkBar networks={networks} offered={props.networks} network={network} />
      {other && (
        <other.Panel
          key={other.network.worker}
          network={other.network}
          busy={used === other.network || networks.status.state === 'running'}
          changeUnits={networks.changeUnits}
        />
      )}
      <AttackParts {...props} attack={attack} pad={pad} choice={choice}>
        <RunsTable runs={runs} />
      </AttackParts>
      {other && <other.Answers key={other.network} {...props} network={other.network} />}
    </div>
  );
}

interface DigitChoiceProps {
  label: string;
  /** What stands for no digit. */
  none: string;
  /** What comes before a digit. */
  prefix?: string;
  value: number | undefined;
  onChange: (digit: number | undefined) => void;
}

function DigitChoice({ label, none, prefix = '', value, onChange }: DigitChoiceProps) {
  const id = useId();
  return (
    <p>
      <label for={id}>{label}</label>{' '}
      <select
        id={id}
        value={value ?? 'none'}
        onChange={({ currentTarget: { value: chosen } }) =>
          onChange(chosen === 'none' ? undefined : Number(chosen))
        }
      >
        <option value="none">{none}</option>
        {Array.from({ length: limits.classes }, (_, digit) => (
          <option key={digit} value={digit}>
            {prefix}
            {digit}
          </option>
        ))}
      </select>
    </p>
  );
}

/** What was tried in this visit, in the order in which it was. */
function RunsTable({ runs }: { runs: readonly Run[] }) {
  return (
    <div class="runs needs-js no-print">
      <h2>Runs in this visit</h2>
      {runs.length === 0 ? (
        <p>None yet: turn a control, choose an image or draw one.</p>
      ) : (
        <ScrollTable
          label="Runs in this visit"
          heads={['Image', 'network', 'towards', 'ε', 'k', 'clip', 'predicted', 'p', 'p(true)']}
          rows={runs.map(({ network, result: run }) => {
            const { probabilities } = run.path.at(-1)!.prediction;
            const predicted = argmax(probabilities);
            return [
              nameOf(run),
              network ? networkOf(network) : 'the report’s',
              run.target ?? 'any class',
              decimal(run.epsilon, 3),
              run.path.length,
              run.clip ? 'on' : 'off',
              predicted,
              probability(probabilities[predicted]!),
              probability(probabilities[run.label]!),
            ];
          })}
        />
      )}
    </div>
  );
}

function networkOf({ name, units, sha256 }: NamedNetwork): string {
  return `${name} · pixels ${unitWords[units]} · SHA-256 ${sha256.slice(0, 8)}`;
}

function nameOf({ image, label, labelFromPrediction }: AttackResult): string {
  if (image !== 'drawn') return `${image}, ${aDigitName(label)}`;
  return `drawn, ${aDigitName(label)} ${labelFromPrediction ? 'as predicted' : 'as you say'}`;
}
