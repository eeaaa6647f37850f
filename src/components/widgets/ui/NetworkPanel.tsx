import { useEffect, useId, useState } from 'preact/hooks';
import { inputUnitNames, type InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import { aDigitName, count, percent } from '../../format.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import type { UnitReading, UnitTrial } from '../session/readUnits.ts';
import { messageOf, unitWords } from '../session/status.ts';
import { ScrollTable } from './ScrollTable.tsx';

interface Props {
  network: OpenedNetwork;
  /** Whether the reader is at something that other units would end. */
  busy: boolean;
  /** Opens the network with its input in other units. */
  changeUnits: (network: OpenedNetwork, units: InputUnits) => void;
}

/** What a network is: its layers, and the units of its input with their accuracies. */
export function NetworkPanel({ network, busy, changeUnits }: Props) {
  const { description, view, units, unitsKnown, counted, exampleCorrect } = network;
  const [{ readings, total }, setCounts] = useState<Pick<UnitTrial, 'readings' | 'total'>>(
    () => counted ?? { readings: [], total: Infinity },
  );
  /** The units that the test images speak for. */
  const [found, setFound] = useState(counted?.best);
  const [problem, setProblem] = useState('');
  const [attempt, setAttempt] = useState(1);
  const id = useId();
  useEffect(() => {
    let current = true;
    setProblem('');
    const follow = async () => {
      try {
        let best = units;
        for await (const trial of network.count()) {
          best = trial.best;
          setCounts((before) => ({
            readings: inputUnitNames.flatMap((name) => {
              const known = [...before.readings, ...trial.readings].filter((one) => one.units === name);
              return known.sort((a, b) => b.images - a.images).slice(0, 1);
            }),
            total: trial.total,
          }));
        }
        if (current && counted) setFound(best);
      } catch (error) {
        if (current) setProblem(messageOf(error));
      }
    };
    void follow();
    return () => {
      current = false;
    };
  }, [network, attempt]);
  useEffect(() => {
    // The first images may have spoken for other units than all of them do.
    if (counted && found && found !== units && !busy) changeUnits(network, found);
  }, [found]);
  const own = readings.find((one) => one.units === units);
  const parameters = description.layers.reduce((sum, layer) => sum + layer.parameters, 0);
  return (
    <section class="network-panel no-print" aria-label="The network">
      <dl>
        <div>
          <dt>Network</dt>
          <dd>
            {view.network!.name} · {count(description.layers.length)} layers · {count(parameters)} parameters
          </dd>
        </div>
        <div>
          <dt>Accuracy</dt>
          <dd data-done={own?.images === total}>
            {own ? `${accuracy(own)} of ${count(own.images)} test images` : 'is being counted'}
            {own && own.images < total && `, ${count(total)} in the end`}
            {problem && (
              <>
                {' '}
                · {problem}{' '}
                <button type="button" class="text-button" onClick={() => setAttempt(attempt + 1)}>
                  Count again
                </button>
              </>
            )}
          </dd>
        </div>
        {!unitsKnown && (
          <div>
            <dt>
              <label for={id}>Its pixels are</label>
            </dt>
            <dd>
              <select
                id={id}
                value={units}
                onChange={({ currentTarget: field }) => {
                  const chosen = field.value as InputUnits;
                  // What is shown is of the units that are named.
                  field.value = units;
                  changeUnits(network, chosen);
                }}
              >
                {inputUnitNames.map((name) => (
                  <option key={name} value={name}>
                    {unitWords[name]}
                  </option>
                ))}
              </select>{' '}
              {units === found
                ? 'found on test images. '
                : counted && found
                  ? `found on the first test images; all of them speak for ${unitWords[found]}. `
                  : 'as you say. '}
              {readings
                .map((one) => `${unitWords[one.units]}: ${accuracy(one)} of ${count(one.images)}`)
                .join('; ')}
            </dd>
          </div>
        )}
      </dl>
      {description.notes.length > 0 && <p>{description.notes.join(' ')}</p>}
      {!exampleCorrect && (
        <p>
          It classifies none of the first images of {aDigitName(view.result.label)} correctly: the example is
          the first of them all the same.
        </p>
      )}
      <details>
        <summary>Layers and SHA-256</summary>
        <ScrollTable
          label="Layers"
          heads={['layer', 'kind', 'leaves', 'parameters']}
          rows={description.layers.map((layer) => [
            layer.name,
            layer.kind,
            layer.shape.join(' × '),
            count(layer.parameters),
          ])}
        />
        <p>SHA-256 of its files: {description.sha256}</p>
      </details>
    </section>
  );
}

function accuracy({ correct, images }: UnitReading): string {
  return percent(correct / images);
}
