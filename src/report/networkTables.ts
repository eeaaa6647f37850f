// The tables of the page on other networks: the trainings, the defence and its choice, what is left in the worst case.
import { count, decimal, epsilon as writeEpsilon, percent, percentagePoints } from '../components/format.ts';
import { networkLabel } from '../components/networkLabel.ts';
import { quotedEpsilon } from '../compute/options.ts';
import { accuracy, curve, rowAt, type CurveRow } from '../compute/results/curve.ts';
import { otherNames } from '../compute/results/networkNames.ts';
import type { Result, WorstCase } from '../compute/results/schemas.ts';
import { argmax, wilson } from '../compute/statistics.ts';
import { chosenDefence, defenceCandidates, type DefenceCandidate } from './defenceChoice.ts';
import type { ReportResults } from './reportResults.ts';

/** What one training of the recipe came to. */
export interface TrainingSummary {
  label: string;
  clean: number;
  one: CurveRow;
  five: CurveRow;
  /** Class that question 1's image is taken for, and question 3's. */
  becomes: { one: number; five: number };
}

type Curves = Pick<
  ReportResults,
  'evaluation' | 'fgsm-curve' | 'iterative-curve' | 'fgsm-example' | 'iterative-example' | 'network-curves'
>;

/** The first network and those that the recipe made with other seeds, at the ε at which the prose compares. */
export function trainingSummaries(results: Curves): TrainingSummary[] {
  const { labels, networks } = results['network-curves'];
  const epsilon = quotedEpsilon(results['fgsm-curve'].clipped.epsilons);
  const after = (name: 'fgsm-example' | 'iterative-example') =>
    argmax(results[name].path.at(-1)!.prediction.probabilities);
  const first = {
    label: networkLabel('mnist-cnn'),
    clean: accuracy(results.evaluation.labels, results.evaluation.predicted).value,
    one: rowAt(curve(results['fgsm-curve'].clipped), epsilon),
    five: rowAt(curve(results['iterative-curve'].clipped), epsilon),
    becomes: { one: after('fgsm-example'), five: after('iterative-example') },
  };
  const others = networks.filter(({ name }) => otherNames.some((other) => other === name));
  return [
    first,
    ...others.map(({ name, predicted, fgsm, iterative, example }) => ({
      label: networkLabel(name),
      clean: accuracy(labels, predicted).value,
      one: rowAt(curve(fgsm), epsilon),
      five: rowAt(curve(iterative), epsilon),
      becomes: { one: example.fgsm, five: example.iterative },
    })),
  ];
}

/** One row for each training. */
export function trainingRows(results: Curves): string[][] {
  const share = ({ accuracy: value, low, high }: CurveRow) =>
    `${percent(value)} (${decimal(100 * low, 1)} to ${decimal(100 * high, 1)})`;
  return trainingSummaries(results).map(({ label, clean, one, five, becomes }) => [
    label,
    percent(clean, 2),
    share(one),
    share(five),
    percentagePoints(one.accuracy - five.accuracy).replace('+', ''),
    `${becomes.one}, ${becomes.five}`,
  ]);
}

/** One row for each epoch of the defence. */
export function defenceRows({ epochs }: Result<'defended-training'>): string[][] {
  return epochs.map(({ epoch, accuracy: perturbed, ...validation }) => [
    count(epoch),
    percent(perturbed),
    ...validationCells(validation),
  ]);
}

/** One row for each recipe that was tried. */
export function choiceRows(): string[][] {
  const chosen = chosenDefence(defenceCandidates);
  return defenceCandidates.map((candidate) => [
    writeEpsilon(candidate.epsilon),
    ...validationCells(candidate),
    candidate === chosen ? 'yes' : 'no',
  ]);
}

function validationCells({
  validationAccuracy,
  fgsmAccuracy,
  pgdAccuracy,
}: Omit<DefenceCandidate, 'epsilon' | 'weights'>): string[] {
  return [validationAccuracy, fgsmAccuracy, pgdAccuracy].map((share) => percent(share, 2));
}

/** One row for each network and ε: what is left after each attack. */
export function worstCaseRows({ rows, labels, restarts }: WorstCase): string[][] {
  return rows.map(({ network, epsilon, spared }) => {
    const left = spared.map((bits) => bits.split('1').length - 1);
    const worst = wilson(left.at(-1)!, labels.length);
    return [
      network === 'mnist-cnn' ? 'first' : networkLabel(network),
      writeEpsilon(epsilon),
      ...left.slice(0, 2).map((images) => percent(images / labels.length)),
      ...(restarts > 1 ? [percent(left[2]! / labels.length)] : []),
      `${percent(worst.value)} (${decimal(100 * worst.low, 1)} to ${decimal(100 * worst.high, 1)})`,
    ];
  });
}
