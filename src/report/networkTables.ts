// The networks of the report in one shape, and the tables of the page about them.
import {
  count,
  decimal,
  epsilon as writeEpsilon,
  networkLabel,
  percent,
  percentagePoints,
} from '../components/format.ts';
import { quotedEpsilon } from '../compute/options.ts';
import { accuracy, curve, rowAt, type CurveRow } from '../compute/results/curve.ts';
import type { Result, WorstCase } from '../compute/results/schemas.ts';
import { argmax, wilson } from '../compute/statistics.ts';
import { chosenDefence, defenceCandidates } from './defenceChoice.ts';
import type { ReportResults } from './reportResults.ts';

/** What a network came to: without an attack, along both curves, and the class that question 1's image becomes after each attack. */
export interface NetworkSummary {
  label: string;
  clean: number;
  one: CurveRow[];
  several: CurveRow[];
  becomes: { fgsm: number; iterative: number };
}

/** All networks: those of the recipe, the report's own first, and the one that was trained against the attack. */
export function networkSummaries(results: ReportResults): {
  trainings: NetworkSummary[];
  defended: NetworkSummary;
} {
  const { labels, networks } = results['network-curves'];
  const after = (name: 'fgsm-example' | 'iterative-example') =>
    argmax(results[name].path.at(-1)!.prediction.probabilities);
  const own = {
    name: 'mnist-cnn',
    predicted: results.evaluation.predicted,
    example: { fgsm: after('fgsm-example'), iterative: after('iterative-example') },
    fgsm: results['fgsm-curve'].clipped,
    iterative: results['iterative-curve'].clipped,
  };
  const summaries = [own, ...networks].map(({ name, predicted, example, fgsm, iterative }) => ({
    label: networkLabel(name),
    clean: accuracy(labels, predicted).value,
    one: curve(fgsm),
    several: curve(iterative),
    becomes: example,
  }));
  return { trainings: summaries.slice(0, -1), defended: summaries.at(-1)! };
}

/** A share with its interval: "50.1 % (47.0 to 53.2)". */
function withInterval(value: number, { low, high }: Pick<CurveRow, 'low' | 'high'>): string {
  return `${percent(value)} (${decimal(100 * low, 1)} to ${decimal(100 * high, 1)})`;
}

/** One row for each training, at the ε at which the prose compares. */
export function trainingRows(results: ReportResults): string[][] {
  const epsilon = quotedEpsilon(results['fgsm-curve'].clipped.epsilons);
  return networkSummaries(results).trainings.map(({ label, clean, becomes, ...curves }) => {
    const [one, several] = [rowAt(curves.one, epsilon), rowAt(curves.several, epsilon)];
    return [
      label,
      percent(clean, 2),
      withInterval(one.accuracy, one),
      withInterval(several.accuracy, several),
      percentagePoints(one.accuracy - several.accuracy).replace('+', ''),
      `${becomes.fgsm}, ${becomes.iterative}`,
    ];
  });
}

/** One row for each epoch of the defence. */
export function defenceRows({ epochs }: Result<'defended-training'>): string[][] {
  return epochs.map(({ epoch, accuracy: perturbed, validationAccuracy, fgsmAccuracy, pgdAccuracy }) => [
    count(epoch),
    percent(perturbed),
    ...[validationAccuracy, fgsmAccuracy, pgdAccuracy].map((share) => percent(share, 2)),
  ]);
}

/** One row for each recipe that was tried. */
export function choiceRows(): string[][] {
  const chosen = chosenDefence(defenceCandidates);
  return defenceCandidates.map((candidate) => [
    writeEpsilon(candidate.epsilon),
    ...[candidate.clean, candidate.fgsm, candidate.pgd].map((share) => percent(share, 2)),
    candidate === chosen ? 'yes' : 'no',
  ]);
}

/** Number of images that are left after each attack. */
export function sparedCounts({ spared }: Pick<WorstCase['rows'][number], 'spared'>): number[] {
  return spared.map((bits) => bits.replaceAll('0', '').length);
}

/** One row for each network and ε: what is left after each attack. */
export function worstCaseRows({ rows, labels }: WorstCase): string[][] {
  return rows.map(({ network, epsilon, spared }) => {
    const left = sparedCounts({ spared });
    const worst = wilson(left.at(-1)!, labels.length);
    return [
      network === 'mnist-cnn' ? 'first' : networkLabel(network),
      writeEpsilon(epsilon),
      ...left.slice(0, 3).map((images) => percent(images / labels.length)),
      withInterval(worst.value, worst),
    ];
  });
}
