import type { ComponentChildren } from 'preact';
import { rawFloat } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import { Choice } from './Choice.tsx';
import { dumbbell, scaleTicks, type VectorScale } from './dumbbell.ts';

interface Props {
  before: readonly number[];
  after: readonly number[];
  label: number;
  id?: string | undefined;
  caption: string;
  /** What `after` is, in the column head. */
  afterName?: ComponentChildren;
  /** Absent where nothing can be chosen. */
  scale?: VectorScale;
  onScale?: (scale: VectorScale) => void;
}

/** All ten probabilities before and after, as the floats that the runtime prints and as paired marks. */
export function PredictionVector(props: Props) {
  const { before, after, label, id, caption, scale = 'linear', onScale } = props;
  const afterName = props.afterName ?? (
    <>
      perturbed <i class="m">x</i>*
    </>
  );
  const verdict = argmax(after);
  const beforeName = (
    <>
      original <i class="m">x</i>
    </>
  );
  return (
    <table class="vector" id={id} role="table">
      <caption class="visually-hidden">{caption}</caption>
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
              {onScale && (
                <Choice
                  label="Scale"
                  value={scale}
                  onChange={onScale}
                  options={[
                    { value: 'linear', text: 'linear' },
                    { value: 'log', text: 'log' },
                  ]}
                />
              )}
            </div>
            <div class="axis" aria-hidden="true">
              {scaleTicks(scale).map(({ at, exponent, text }) => (
                <span key={at} style={`left:${at}%`}>
                  {text}
                  {exponent !== undefined && <sup>{exponent}</sup>}
                </span>
              ))}
            </div>
          </td>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {before.map((p, digit) => {
          const marks = dumbbell(p, after[digit]!, scale);
          const role = digit === label ? 'true' : digit === verdict ? 'fooled' : undefined;
          return (
            <tr key={digit} class={role} role="row">
              <th class="class" scope="row" role="rowheader">
                {digit}
              </th>
              <td class="float" role="cell">
                {rawFloat(p)}
              </td>
              <td class="float" role="cell">
                {rawFloat(after[digit]!)}
              </td>
              <td class="marks" role="presentation">
                <div class="dumbbell" aria-hidden="true">
                  <u style={`left:${marks.left}%;width:${marks.width}%`} />
                  <i style={`left:${marks.before}%`} />
                  <i class="after" style={`left:${marks.after}%`} />
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
