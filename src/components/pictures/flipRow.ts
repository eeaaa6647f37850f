// The flip row: one image at eight neighbouring ε, chosen around the places where its predicted class changes.
import type { Example } from '../../compute/results/schemas.ts';
import { argmax } from '../../compute/statistics.ts';

export interface Flip {
  epsilon: number;
  /** The predicted class and its probability. */
  predicted: number;
  probability: number;
  /** The class predicted at the thumbnail before, if that is another one. */
  from: number | undefined;
}

const length = 8;
/** The grid of the sweeps, for round values: multiples of 1/40. */
const denominator = 40;

/**
 * Eight of the values up to the example's ε along which the image was followed: first both sides of each change of the
 * predicted class, from the smallest ε on; then the largest; then, one after another, that value of the sweeps' grid
 * which is farthest from all chosen (and from 0), the smaller of equals. Fewer if there are fewer.
 */
export function flipRow({ epsilon: last, alongEpsilon }: Pick<Example, 'epsilon' | 'alongEpsilon'>): Flip[] {
  const rows = alongEpsilon
    .filter(({ epsilon }) => epsilon > 0 && epsilon <= last)
    .map(({ epsilon, prediction: { probabilities } }) => {
      const predicted = argmax(probabilities);
      return { epsilon, predicted, probability: probabilities[predicted]! };
    });
  const epsilons = rows.map(({ epsilon }) => epsilon);
  const onGrid = epsilons.filter((epsilon) => Number.isInteger(epsilon * denominator));
  const candidates = onGrid.length >= length ? onGrid : epsilons;
  const changes = rows.flatMap(({ epsilon, predicted }, i) =>
    i > 0 && rows[i - 1]!.predicted !== predicted ? [rows[i - 1]!.epsilon, epsilon] : [],
  );
  const chosen = new Set([...changes, Math.max(...epsilons)].slice(0, length));
  while (chosen.size < Math.min(length, epsilons.length)) chosen.add(farthest(candidates, chosen));
  const shown = rows.filter(({ epsilon }) => chosen.has(epsilon));
  return shown.map((row, i) => {
    const before = shown[i - 1]?.predicted;
    return { ...row, from: before === row.predicted ? undefined : before };
  });
}

/** The value that is farthest from the chosen ones and 0; the smaller of equals. */
function farthest(values: readonly number[], chosen: ReadonlySet<number>): number {
  const distance = (value: number) => Math.min(value, ...[...chosen].map((other) => Math.abs(value - other)));
  const rounded = (value: number) => Number(distance(value).toFixed(6));
  return values.reduce((best, value) => (rounded(value) > rounded(best) ? value : best));
}
