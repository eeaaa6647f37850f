import { aDigitName, decimal, probability } from '../../format.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { AttackResult } from '../session/example.ts';
import { ScrollTable } from './ScrollTable.tsx';

/** One run, with the name of the network if it was not the report's own. */
export interface Run {
  network: string | undefined;
  result: AttackResult;
}

/** What was tried in this visit, in the order in which it was. */
export function RunsTable({ runs }: { runs: readonly Run[] }) {
  return (
    <div class="runs needs-js no-print">
      <h2>Runs in this visit</h2>
      {runs.length === 0 ? (
        <p>None yet: turn a control, choose an image or draw one.</p>
      ) : (
        <ScrollTable
          label="Runs in this visit"
          heads={['Image', 'network', 'towards', 'ε', 'k', 'clip', 'predicted', 'p', 'p(true)']}
          rows={runs.map(({ network = 'the report’s', result: run }) => {
            const { probabilities } = run.path.at(-1)!.prediction;
            const predicted = argmax(probabilities);
            return [
              nameOf(run),
              network,
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

function nameOf({ image, label, labelFromPrediction }: AttackResult): string {
  if (image !== 'drawn') return `${image}, ${aDigitName(label)}`;
  return `drawn, ${aDigitName(label)} ${labelFromPrediction ? 'as predicted' : 'as you say'}`;
}
