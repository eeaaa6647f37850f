// What the prose says of the other networks: five trainings, the one against the attack, stronger attacks, transfer, targets; and
// what of it Carlini and others ask of an evaluation.
import {
  compared,
  count,
  decimal,
  epsilon as writeEpsilon,
  listed,
  numberWord,
  percent,
  percentagePoints,
  range,
  stepsName,
} from '../components/format.ts';
import { quotedEpsilon, reportOptions } from '../compute/options.ts';
import { accuracy, ledToTarget, rowAt } from '../compute/results/curve.ts';
import type { TargetClasses, Transfer, WorstCase } from '../compute/results/schemas.ts';
import { meanInterval, type Share } from '../compute/statistics.ts';
import { candidateEpsilons, cleanBar } from './defenceChoice.ts';
import { networkSummaries, sparedCounts } from './networkTables.ts';
import type { ReportResults } from './reportResults.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
const points = (value: number) => percentagePoints(value).replace('+', '');

/** What five trainings share and what they do not, at the ε at which the prose compares. */
export function trainingFacts(results: ReportResults) {
  const { trainings } = networkSummaries(results);
  const epsilon = quotedEpsilon(results['fgsm-curve'].clipped.epsilons);
  const [one, five] = (['one', 'several'] as const).map((name) =>
    trainings.map((training) => rowAt(training[name], epsilon).accuracy),
  );
  const gaps = one!.map((value, i) => value - five![i]!);
  const [oneMean, fiveMean] = [one!, five!].map(meanInterval);
  const within = ({ low, high }: Share) => range([Math.max(0, low), Math.min(1, high)]);
  return {
    count: numberWord(trainings.length),
    epsilon: writeEpsilon(epsilon),
    clean: range(trainings.map(({ clean }) => clean)),
    oneRange: range(one!),
    fiveRange: range(five!),
    oneMean: percent(oneMean!.value),
    oneInterval: within(oneMean!),
    fiveMean: percent(fiveMean!.value),
    fiveInterval: within(fiveMean!),
    gapRange: `${decimal(100 * Math.min(...gaps), 1)} to ${points(Math.max(...gaps))}`,
    oneSpread: points(spread(one!)),
    fiveSpread: points(spread(five!)),
    gapSpread: points(spread(gaps)),
    becomes: listed(trainings.map(({ becomes }) => String(becomes.fgsm))),
  };
}

/** The network that was trained against the attack. */
export function defendedFacts(results: ReportResults) {
  const { trainings, defended } = networkSummaries(results);
  const cost = trainings[0]!.clean - defended.clean;
  const { indices, wrongSigns } = results['defended-precision'];
  const wrong = wrongSigns.reduce((sum, pixels) => sum + pixels, 0);
  const { adversary, training } = reportOptions.defence;
  const last = results['defended-training'].epochs.at(-1)!;
  const epsilon = quotedEpsilon(results['fgsm-curve'].clipped.epsilons);
  const end = results['fgsm-example'].epsilon;
  return {
    clean: percent(defended.clean, 2),
    cleanCost: compared(cost, 0, [
      `${points(-cost)} more than the first network`,
      'as many as the first network',
      `${points(cost)} fewer than the first network`,
    ]),
    epsilon: writeEpsilon(epsilon),
    five: percent(rowAt(defended.several, epsilon).accuracy),
    end: percent(rowAt(defended.several, end).accuracy),
    endEpsilon: writeEpsilon(end),
    stepSize: `${adversary.stepSize} ε`,
    ramp:
      adversary.rampEpochs === 1 ? 'the first epoch' : `the first ${numberWord(adversary.rampEpochs)} epochs`,
    candidates: numberWord(candidateEpsilons.length),
    cleanBar: percent(cleanBar),
    trainingEpsilon: writeEpsilon(adversary.epsilon),
    watch: `After the last epoch it is ${percent(last.fgsmAccuracy)} after one step and ${percent(last.pgdAccuracy)} under PGD`,
    validationImages: count(training.validationImages),
    watchEpsilon: writeEpsilon(adversary.watch.epsilon),
    watchSteps: count(adversary.watch.steps),
    wrongSigns: `${wrong === 0 ? 'no' : count(wrong)} wrong sign${wrong === 1 ? '' : 's'} on ${count(784 * indices.length)} pixels`,
  };
}

/** What restarts of PGD find beyond the curves. */
export function worstCaseFacts({ rows, labels, steps, restarts }: WorstCase) {
  const epsilon = quotedEpsilon(rows.map((row) => row.epsilon));
  const shares = rows.map((row) => ({ ...row, left: sparedCounts(row).map((n) => n / labels.length) }));
  const [first, defended] = shares.filter((row) => row.epsilon === epsilon).map(({ left }) => left);
  return {
    steps: count(steps),
    restarts: numberWord(restarts),
    epsilon: writeEpsilon(epsilon),
    first: percent(first!.at(-1)!),
    firstCurve: percent(first![1]!),
    defended: percent(defended!.at(-1)!),
    defendedCurve: percent(defended![1]!),
    largest: points(Math.max(...shares.map(({ left }) => left[1]! - left.at(-1)!))),
  };
}

/** Attacks asked of networks that they were not computed for, at the smallest ε. */
export function transferFacts({ networks, attacks, labels }: Transfer) {
  const epsilon = Math.min(...attacks.map((attack) => attack.epsilon));
  const [one, several] = attacks
    .filter((attack) => attack.epsilon === epsilon)
    .sort((a, b) => a.steps - b.steps);
  const defended = networks.indexOf('mnist-cnn-defended');
  /** Mean accuracy over pairs of networks: perturbed for one, asked of the other. */
  const average = (
    { predicted }: Transfer['attacks'][number],
    holds: (from: number, asked: number) => boolean,
  ) =>
    percent(
      mean(
        predicted.flatMap((row, from) =>
          row.flatMap((classes, asked) => (holds(from, asked) ? [accuracy(labels, classes).value] : [])),
        ),
      ),
    );
  const plain = (from: number, asked: number) => from !== defended && asked !== defended;
  const foreign = (from: number, asked: number) => plain(from, asked) && from !== asked;
  return {
    epsilon: writeEpsilon(epsilon),
    steps: stepsName(several!.steps),
    foreign: average(several!, foreign),
    foreignOne: average(one!, foreign),
    own: average(several!, (from, asked) => plain(from, asked) && from === asked),
    toDefended: average(several!, (from, asked) => from !== defended && asked === defended),
    fromDefended: average(several!, (from, asked) => from === defended && asked !== defended),
  };
}

/** How often an image is led to a class of one's choice. */
export function targetFacts({ epsilons, steps, labels, predicted }: TargetClasses) {
  return {
    images: count(labels.length),
    steps: count(steps),
    shares: listed(
      epsilons.map(
        (epsilon, i) => `${percent(ledToTarget(labels, predicted[i]!))} at ε = ${writeEpsilon(epsilon)}`,
      ),
    ),
  };
}

/** What is computed of the items of the checklist. */
export function checklistFacts(results: ReportResults) {
  const { trainings, defended } = networkSummaries(results);
  const both = [trainings[0]!, defended];
  const weaker = both.flatMap(({ one, several }) =>
    several.filter((row, i) => row.accuracy > one[i]!.accuracy),
  );
  const rising = both
    .flatMap(({ one, several }) => [one, several])
    .flatMap((rows) => rows.filter((row, i) => i > 0 && row.accuracy > rows[i - 1]!.accuracy));
  const { rows, restarts, steps, indices } = results['worst-case'];
  const last = rows.map((row) => {
    const [before, after] = sparedCounts(row).slice(-2);
    return before! - after!;
  });
  const wrong = results['defended-precision'].wrongSigns.reduce((sum, pixels) => sum + pixels, 0);
  const { attacks, labels } = results.transfer;
  const foreignWins = attacks.flatMap(({ predicted }) => {
    const left = predicted.map((row) => row.map((classes) => accuracy(labels, classes).value));
    return left.flatMap((row) => row.filter((value, asked) => value < left[asked]![asked]!));
  });
  const endings = both.map(({ several }) => several.at(-1)!);
  const exceptFor = ({ length }: readonly unknown[], always: string) =>
    length === 0 ? always : `${always}, but for ${length === 1 ? 'one case' : `${count(length)} cases`}`;
  return {
    clean: both.map(({ clean }) => percent(clean, 2)).join(' and '),
    severalBeatOne: exceptFor(weaker, 'At every ε of both networks’ curves'),
    largerDoesMore: exceptFor(rising, 'Everywhere on all four curves'),
    endings: endings
      .map((end) => `${percent(end.accuracy)} at ε = ${writeEpsilon(end.epsilon)}`)
      .join(' and '),
    runToItsEnd: `The last of ${restarts} restarts took at most ${count(Math.max(...last))} more of ${count(indices.length)} images; more than ${steps} steps were not tried`,
    foreignWeaker: exceptFor(foreignWins, 'Weaker than the attack on the network itself'),
    wrongSigns: `${count(wrong)} wrong signs of ${count(784 * indices.length)}`,
  };
}
