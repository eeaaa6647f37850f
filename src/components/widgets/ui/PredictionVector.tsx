import { useState } from 'preact/hooks';
import { exponential, fourDigits } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { Reading } from '../session/view.ts';
import { Choice } from './Choice.tsx';

/** Scale of the paired marks: linear from 0 to 1, or logarithmic from 1e−12 to 1. */
type VectorScale = 'linear' | 'log';

interface Props {
  /** Anchor of the table. */
  id: string;
  run: { label: number; original: Reading; path: readonly Reading[] };
}

/** All ten probabilities before and after, in four digits and as paired marks; the downloads hold the floats themselves. */
export function PredictionVector({ id, run: { label, original, path } }: Props) {
  const [scale, setScale] = useState<VectorScale>('log');
  const before = original.prediction.probabilities;
  const after = path.at(-1)!.prediction.probabilities;
  const predicted = argmax(after);
  const beforeName = (
    <>
      original <i class="m">x</i>
    </>
  );
  const afterName =
    path.length > 1 ? (
      `after ${path.length} steps`
    ) : (
      <>
        perturbed <i class="m">x</i>*
      </>
    );
  return (
    <table class="vector" id={id} role="table">
      <caption class="visually-hidden">Probabilities of the ten classes before and after the attack</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th class="class" scope="col" role="columnheader">
            Class
          </th>
          <th class="float" scope="col" role="columnheader">
            {beforeName}
          </th>
          <th class="float" scope="col" role="columnheader">
            {afterName}
          </th>
          <td class="marks">
            <div class="legend">
              <span>
                <span class="entry">
                  <span class="dot" />
                  {beforeName}
                </span>
                <span class="entry">
                  <span class="dot after" />
                  {afterName}
                </span>
              </span>
              <Choice
                label="Scale"
                value={scale}
                onChange={setScale}
                options={{ linear: 'linear', log: 'log' }}
              />
            </div>
            <div class="axis" aria-hidden="true">
              {[0, 0.25, 0.5, 0.75, 1].map((at) => (
                <span key={at}>{scale === 'linear' ? at : exponential(10 ** ((at - 1) * decades))}</span>
              ))}
            </div>
          </td>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {before.map((p, digit) => {
          const places = `--before:${place(p, scale)}%;--after:${place(after[digit]!, scale)}%`;
          const role = digit === label ? 'true' : digit === predicted ? 'fooled' : undefined;
          return (
            <tr key={digit} class={role} role="row">
              <th class="class" scope="row" role="rowheader">
                {digit}
              </th>
              <td class="float" role="cell">
                {fourDigits(p)}
              </td>
              <td class="float" role="cell">
                {fourDigits(after[digit]!)}
              </td>
              <td class="marks" role="presentation">
                <div class="dumbbell" aria-hidden="true" style={places}>
                  <u />
                  <i />
                  <i class="after" />
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const decades = 12;

/** Place of a probability on a scale, in percent of its length. */
export function place(p: number, scale: VectorScale): number {
  const at = scale === 'linear' ? p : Math.max(0, (Math.log10(p) + decades) / decades);
  return Math.round(at * 1e5) / 1e3;
}
