// What Carlini and others ask of an evaluation, item by item, and where it stands here; what can be computed is.
import { count, epsilon as writeEpsilon, percent } from '../components/format.ts';
import { accuracy } from '../compute/results/curve.ts';
import { networkSummaries, sparedCounts } from './networkTables.ts';
import type { ReportResults } from './reportResults.ts';

const link = (id: string) => `<a href="#${id}">${id[0]!.toUpperCase()}${id.slice(1).replace('-', ' ')}</a>`;
const exceptFor = (n: number, always: string) =>
  n === 0 ? always : `${always}, but for ${n === 1 ? 'one case' : `${count(n)} cases`}`;

/** One row for each item: what is asked for, whether it is computed, done or not done, and what there is. */
export function checklistRows(results: ReportResults): string[][] {
  const { trainings, defended } = networkSummaries(results);
  const both = [trainings[0]!, defended];
  const weaker = both.flatMap(({ one, several }) =>
    several.filter((row, i) => row.accuracy > one[i]!.accuracy),
  );
  const rising = both
    .flatMap(({ one, several }) => [one, several])
    .flatMap((rows) => rows.filter((row, i) => i > 0 && row.accuracy > rows[i - 1]!.accuracy));
  const { rows, restarts, indices } = results['worst-case'];
  const last = rows.map((row) => {
    const [before, after] = sparedCounts(row).slice(-2);
    return before! - after!;
  });
  const wrong = results['defended-precision'].wrongSigns.reduce((sum, pixels) => sum + pixels, 0);
  const endings = both.map(({ several }) => {
    const end = several.at(-1)!;
    return `${percent(end.accuracy)} at ε = ${writeEpsilon(end.epsilon)}`;
  });
  return [
    [
      'Threat model',
      'done',
      'The attacker knows the network and wants any other class, or one of its choice; each pixel may change by ε and stays in [0, 1]',
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
      `${both.map(({ clean }) => percent(clean, 2)).join(' and ')}, first network and defended one`,
    ],
    ['Several steps beat one', 'computed', exceptFor(weaker.length, 'At every ε of both networks’ curves')],
    ['A larger ε does more', 'computed', exceptFor(rising.length, 'Everywhere on all four curves')],
    ['Success up to 100 %', 'computed', `Several steps leave ${endings.join(' and ')}, ${link('figure-18')}`],
    ['Counted image by image', 'computed', `An image counts if it survives all attacks, ${link('table-12')}`],
    ['All settings stated', 'done', 'Table 7 of Methods, and under every figure'],
    [
      'Attack run to its end',
      'computed',
      `The last of ${restarts} restarts took at most ${count(Math.max(...last))} more of ${count(indices.length)} images; more than ${results['worst-case'].steps} steps were not tried`,
    ],
    [
      'Transfer from similar networks',
      'computed',
      `${exceptFor(foreignWins(results), 'Weaker than the attack on the network itself')}, ${link('figure-20')}`,
    ],
    [
      'Gradients checked',
      'computed',
      `${count(wrong)} wrong signs of ${count(784 * indices.length)} against float64, on the defended network`,
    ],
    ['With a target and without', 'computed', `Both, on the first network, ${link('figure-21')}`],
    [
      'Different kinds of attack',
      'not done',
      'All are of one kind: signs of the margin’s gradient. No attack in another norm, none that minimises the distance',
    ],
    [
      'An attack without gradients',
      'not done',
      'Only random signs, on the first network; no search by queries, none by decisions alone',
    ],
    ['A proved bound', 'not done', 'Every accuracy here is an upper bound'],
  ];
}

/** In how many cases an attack on another network does more than the one on the network that is asked. */
function foreignWins({ transfer: { attacks, labels } }: ReportResults): number {
  return attacks.flatMap(({ predicted }) => {
    const left = predicted.map((row) => row.map((classes) => accuracy(labels, classes).value));
    return left.flatMap((row) => row.filter((value, asked) => value < left[asked]![asked]!));
  }).length;
}
