import { decimal, probability } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { Shown } from '../session/example.ts';
import { aDigit } from './words.ts';

/** One run of a visit. */
export interface VisitRun {
  shown: Shown;
}

const heads = ['Image', 'ε', 'k', 'clip', 'read as', 'p', 'p(true)'];

/** What was tried in this visit, in the order in which it was. */
export function RunsTable({ runs }: { runs: readonly VisitRun[] }) {
  return (
    <div class="runs needs-js no-print">
      <h2>Runs in this visit</h2>
      {runs.length === 0 ? (
        <p>None yet: turn a control, choose an image or draw one.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Runs in this visit">
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map(({ shown }, i) => {
                const { probabilities } = shown.path[shown.path.length - 1]!;
                const verdict = argmax(probabilities);
                return (
                  <tr key={i}>
                    <td>{nameOf(shown)}</td>
                    <td>{decimal(shown.epsilon, 3)}</td>
                    <td>{shown.path.length}</td>
                    <td>{shown.clip ? 'on' : 'off'}</td>
                    <td>{verdict}</td>
                    <td>{probability(probabilities[verdict]!)}</td>
                    <td>{probability(probabilities[shown.label]!)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function nameOf({ image, label, labelFromPrediction }: Shown): string {
  if (image !== 'drawn') return `${image}, ${aDigit(label)}`;
  return `drawn, ${aDigit(label)} ${labelFromPrediction ? 'as predicted' : 'as you say'}`;
}
