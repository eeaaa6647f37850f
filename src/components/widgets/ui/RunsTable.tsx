import { decimal, probability } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { AttackResult } from '../session/example.ts';
import { aDigit } from '../session/words.ts';

const heads = ['Image', 'ε', 'k', 'clip', 'predicted', 'p', 'p(true)'];

/** What was tried in this visit, in the order in which it was. */
export function RunsTable({ runs }: { runs: readonly AttackResult[] }) {
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
              {runs.map((run, i) => {
                const { probabilities } = run.path.at(-1)!.prediction;
                const predicted = argmax(probabilities);
                return (
                  <tr key={i}>
                    <td>{nameOf(run)}</td>
                    <td>{decimal(run.epsilon, 3)}</td>
                    <td>{run.path.length}</td>
                    <td>{run.clip ? 'on' : 'off'}</td>
                    <td>{predicted}</td>
                    <td>{probability(probabilities[predicted]!)}</td>
                    <td>{probability(probabilities[run.label]!)}</td>
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

function nameOf({ image, label, labelFromPrediction }: AttackResult): string {
  if (image !== 'drawn') return `${image}, ${aDigit(label)}`;
  return `drawn, ${aDigit(label)} ${labelFromPrediction ? 'as predicted' : 'as you say'}`;
}
