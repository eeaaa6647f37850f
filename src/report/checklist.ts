// What Carlini and others ask of an evaluation, item by item, and where it stands here; what can be computed is.
import { count, decimal, epsilon as writeEpsilon, percent } from '../components/format.ts';
import { accuracy, curve } from '../compute/results/curve.ts';
import type { ReportResults } from './reportResults.ts';
import { trainingSummaries } from './networkTables.ts';

const link = (id: string) => `<a href="#${id}">${id[0]!.toUpperCase()}${id.slice(1).replace('-', ' ')}</a>`;

/** One row for each item: what is asked for, whether it is computed, done or not done, and what there is. */
export function checklistRows(results: ReportResults): string[][] {
  const first = { fgsm: results['fgsm-curve'].clipped, iterative: results['iterative-curve'].clipped };
  const { labels, networks } = results['network-curves'];
  const defended = networks.at(-1)!;
  const curves = [first, defended].map(({ fgsm, iterative }) => ({
    one: curve(fgsm),
    several: curve(iterative),
  }));
  const weaker = curves.flatMap(({ one, several }) =>
    several.filter(({ accuracy: value }, i) => value > one[i]!.accuracy),
  ).length;
  const rising = curves.flatMap(({ one, several }) =>
    [one, several].flatMap((rows) => rows.filter((row, i) => i > 0 && row.accuracy > rows[i - 1]!.accuracy)),
  ).length;
  const last = curves.map(({ several }) => several.at(-1)!);
  const { attacks, networks: names, labels: transferred } = results.transfer;
  const foreignWins = attacks.flatMap(({ predicted }) =>
    names.flatMap((_, asked) => {
      const of = (from: number) => accuracy(transferred, predicted[from]![asked]!).value;
      return names.flatMap((_name, from) => (from !== asked && of(from) < of(asked) ? [1] : []));
    }),
  ).length;
  const { rows, restarts } = results['worst-case'];
  const late = rows.map(({ spared }) => {
    const [before, after] = spared.slice(-2).map((bits) => bits.split('1').length - 1);
    return before! - after!;
  });
  const wrong = results['defended-precision'].wrongSigns.reduce((sum, pixels) => sum + pixels, 0);
  const clean = [trainingSummaries(results)[0]!.clean, accuracy(labels, defended.predicted).value];
  const cases = (n: number) => (n === 1 ? 'one case' : `${count(n)} cases`);
  return [
    [
      'Threat model',
      'done',
      'The attacker knows the network and wants any other class, or one of its choice; each pixel may move by ε and stays in [0, 1]',
    ],
    [
      'Attacks fitted to the defence',
      'done',
      'The defence is in the weights alone: nothing random and nothing without a gradient, so the attacks meet all of it',
    ],
    ['Code and networks released', 'done', 'All of it, with the weights of each network'],
    [
      'Accuracy without an attack',
      'computed',
      `${clean.map((share) => percent(share, 2)).join(' and ')}, first network and defended one`,
    ],
    [
      'Several steps beat one',
      'computed',
      weaker === 0
        ? 'At every ε, for both networks'
        : `Not in ${cases(weaker)} of the ${count(2 * last.length * curves[0]!.one.length)} points of both curves`,
    ],
    [
      'A larger ε does more',
      'computed',
      rising === 0
        ? 'At every ε of all four curves'
        : `Not in ${cases(rising)}, where accuracy rises again with ε`,
    ],
    [
      'Success up to 100 %',
      'computed',
      `At ε = ${writeEpsilon(last[0]!.epsilon)}, ${last.map((row) => percent(row.accuracy)).join(' and ')} are left after several steps, ${link('figure-18')}`,
    ],
    [
      'Counted image by image',
      'computed',
      `An image counts only if it survives all attacks, ${link('table-12')}`,
    ],
    ['All settings stated', 'done', 'Table 7 of Methods, and under every figure'],
    [
      'Attack run to its end',
      'computed',
      `The last of ${restarts} restarts took at most ${decimal(Math.max(...late))} more of ${count(results['worst-case'].labels.length)} images`,
    ],
    [
      'Transfer from similar networks',
      'computed',
      foreignWins === 0
        ? `Never stronger than the attack on the network itself, ${link('figure-20')}`
        : `Stronger than the attack on the network itself in ${cases(foreignWins)}, ${link('figure-20')}`,
    ],
    [
      'Gradients checked',
      'computed',
      `${wrong === 0 ? 'No' : count(wrong)} wrong sign of ${count(784 * results['defended-precision'].indices.length)} against float64, on the defended network`,
    ],
    [
      'Different kinds of attack',
      'not done',
      'All are of one kind: signs of the margin’s gradient. No attack in another norm, none that minimises the distance',
    ],
    [
      'An attack without gradients',
      'not done',
      `Only random signs, on the first network; no search by queries, none by decisions alone`,
    ],
    ['A proved bound', 'not done', 'Every number here bounds from above what a network withstands'],
  ];
}
