// What the prose says of the other networks: five trainings, the one against the attack, stronger attacks, transfer, targets.
import {
  count,
  decimal,
  epsilon as writeEpsilon,
  numberWord,
  percent,
  percentagePoints,
  stepsName,
} from '../components/format.ts';
import { quotedEpsilon, reportOptions } from '../compute/options.ts';
import { accuracy, curve, rowAt } from '../compute/results/curve.ts';
import type { TargetClasses, Transfer, WorstCase } from '../compute/results/schemas.ts';
import { meanInterval } from '../compute/statistics.ts';
import type { ReportResults } from './reportResults.ts';
import { trainingSummaries } from './networkTables.ts';
import { compared, listed } from './words.ts';
import { candidateEpsilons, cleanBar } from './defenceChoice.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
const points = (value: number) => percentagePoints(value).replace('+', '');
const range = (values: readonly number[]) =>
  `${decimal(100 * Math.min(...values), 1)} to ${percent(Math.max(...values))}`;

/** What five trainings share and what they do not, at the ε at which the prose compares. */
export function trainingFacts(results: Parameters<typeof trainingSummaries>[0]) {
  const all = trainingSummaries(results);
  const [one, five] = (['one', 'five'] as const).map((name) =>
    all.map((training) => training[name].accuracy),
  );
  const gaps = one!.map((value, i) => value - five![i]!);
  const interval = (values: readonly number[]) => {
    const { value, low, high } = meanInterval(values);
    return `${percent(value)} on average (95 % interval over trainings ${decimal(100 * Math.max(0, low), 1)} to ${decimal(100 * Math.min(1, high), 1)})`;
  };
  const weaker = one!.slice(1).filter((value) => value < one![0]!).length;
  const become = (steps: 'one' | 'five') => listed(all.map(({ becomes }) => String(becomes[steps])));
  return {
    count: numberWord(all.length),
    epsilon: writeEpsilon(quotedEpsilon(results['fgsm-curve'].clipped.epsilons)),
    clean: range(all.map(({ clean }) => clean)),
    oneRange: range(one!),
    fiveRange: range(five!),
    oneMean: interval(one!),
    fiveMean: interval(five!),
    gapRange: `${decimal(100 * Math.min(...gaps), 1)} to ${points(Math.max(...gaps))}`,
    ownPlace: ['the lowest', 'the second lowest', 'the middle', 'the second highest', 'the highest'][weaker]!,
    stable: `The accuracies spread over ${points(spread(one!))} after one step and ${points(spread(five!))} after several, the gap between the two attacks over ${points(spread(gaps))}: ${compared(
      spread(gaps),
      Math.min(spread(one!), spread(five!)),
      [
        'the gap belongs to the recipe more than the accuracies do',
        'neither is the steadier',
        'the gap is no steadier than the accuracies',
      ],
    )}.`,
    sevenOne: become('one'),
    sevenFive: become('five'),
  };
}

/** The network that was trained against the attack. */
export function defendedFacts(results: ReportResults) {
  const { labels, networks } = results['network-curves'];
  const { predicted, iterative } = networks.at(-1)!;
  const clean = accuracy(labels, predicted);
  const first = accuracy(results.evaluation.labels, results.evaluation.predicted);
  const { indices, wrongSigns } = results['defended-precision'];
  const wrong = wrongSigns.reduce((sum, pixels) => sum + pixels, 0);
  const { adversary } = reportOptions.defence;
  const quoted = quotedEpsilon(iterative.epsilons);
  const end = results['fgsm-example'].epsilon;
  return {
    clean: percent(clean.value, 2),
    cleanCost: compared(clean.value, first.value, [
      `${points(first.value - clean.value)} fewer than the first network`,
      'as many as the first network',
      `${points(clean.value - first.value)} more than the first network`,
    ]),
    epsilon: writeEpsilon(quoted),
    five: percent(rowAt(curve(iterative), quoted).accuracy),
    end: percent(rowAt(curve(iterative), end).accuracy),
    endEpsilon: writeEpsilon(end),
    stepSize: `${adversary.stepSize} ε`,
    ramp:
      adversary.rampEpochs === 1 ? 'the first epoch' : `the first ${numberWord(adversary.rampEpochs)} epochs`,
    watchEpsilon: writeEpsilon(adversary.watch.epsilon),
    watchSteps: count(adversary.watch.steps),
    candidates: numberWord(candidateEpsilons.length),
    cleanBar: percent(cleanBar),
    trainingEpsilon: writeEpsilon(adversary.epsilon),
    wrongSigns: `${wrong === 0 ? 'no' : count(wrong)} wrong sign${wrong === 1 ? '' : 's'} on ${count(784 * indices.length)} pixels`,
  };
}

/** What restarts of PGD find beyond the curves. */
export function worstCaseFacts({ rows, labels, steps, restarts }: WorstCase) {
  const left = (bits: string) => (bits.split('1').length - 1) / labels.length;
  const quoted = quotedEpsilon(rows.map(({ epsilon }) => epsilon));
  const at = (network: string) =>
    rows.find((row) => row.network === network && row.epsilon === quoted)!.spared;
  const [first, defended] = [at('mnist-cnn'), at('mnist-cnn-defended')];
  const largest = Math.max(...rows.map(({ spared }) => left(spared[1]!) - left(spared.at(-1)!)));
  return {
    steps: count(steps),
    restarts: numberWord(restarts),
    epsilon: writeEpsilon(quoted),
    first: percent(left(first.at(-1)!)),
    firstCurve: percent(left(first[1]!)),
    defended: percent(left(defended.at(-1)!)),
    defendedCurve: percent(left(defended[1]!)),
    largest: points(largest),
  };
}

/** Attacks asked of networks that they were not computed for, several steps at the smallest ε. */
export function transferFacts({ networks, attacks, labels }: Transfer) {
  const epsilon = Math.min(...attacks.map((attack) => attack.epsilon));
  const [one, several] = attacks
    .filter((attack) => attack.epsilon === epsilon)
    .sort((a, b) => a.steps - b.steps);
  const plain = networks.flatMap((name, i) => (name === 'mnist-cnn-defended' ? [] : [i]));
  const defended = networks.indexOf('mnist-cnn-defended');
  const average = (
    { predicted }: (typeof attacks)[number],
    from: readonly number[],
    asked: readonly number[],
  ) =>
    percent(
      mean(
        from.flatMap((i) =>
          asked.flatMap((j) => (i === j ? [] : [accuracy(labels, predicted[i]![j]!).value])),
        ),
      ),
    );
  return {
    epsilon: writeEpsilon(epsilon),
    steps: stepsName(several!.steps),
    foreign: average(several!, plain, plain),
    foreignOne: average(one!, plain, plain),
    own: percent(mean(plain.map((i) => accuracy(labels, several!.predicted[i]![i]!).value))),
    toDefended: average(several!, plain, [defended]),
    fromDefended: average(several!, [defended], plain),
  };
}

/** How often an image is led to a class of one's choice. */
export function targetFacts({ epsilons, steps, labels, predicted }: TargetClasses) {
  const share = (rows: readonly string[]) =>
    mean(
      rows.flatMap((classes, target) =>
        [...classes].flatMap((digit, i) =>
          labels[i] === String(target) ? [] : [Number(digit === String(target))],
        ),
      ),
    );
  return {
    images: count(labels.length),
    steps: count(steps),
    shares: listed(
      epsilons.map((epsilon, i) => `${percent(share(predicted[i]!))} at ε = ${writeEpsilon(epsilon)}`),
    ),
  };
}
