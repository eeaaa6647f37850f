// What the prose says of questions 2 and 4, derived from the stored predictions.
import {
  capital,
  compared,
  count,
  decimal,
  epsilon as writeEpsilon,
  numberWord,
  percent,
  range,
} from '../components/format.ts';
import { correct, crossing, curve, rowAt } from '../compute/results/curve.ts';
import type { IterativeCurve, Sweep } from '../compute/results/schemas.ts';
import { pairedDifference, type Share } from '../compute/statistics.ts';
import { quotedEpsilon } from '../compute/options.ts';

/** What one in ten correct is worth: guessing. */
const CHANCE = 0.1;

/** Facts of one curve, with those that differ from it in one choice. */
export function curveFacts(
  { clipped, unclipped, firstImages }: Omit<IterativeCurve, 'provenance'>,
  end: number,
) {
  const rows = curve(clipped);
  const quoted = quotedEpsilon(clipped.epsilons);
  const early = rowAt(rows, quoted);
  const clipEffect = differenceAt(clipped, unclipped, quoted);
  const zeroGradients = rows.reduce((sum, row) => sum + row.zeroGradients, 0);
  return {
    images: count(clipped.labels.length),
    budgets: count(clipped.epsilons.length),
    clean: percent(rows[0]!.accuracy),
    early: percent(early.accuracy),
    earlyInterval: range([early.low, early.high]),
    earlyEpsilon: writeEpsilon(quoted),
    end: percent(rowAt(rows, end).accuracy),
    endEpsilon: writeEpsilon(end),
    course: course(clipped),
    allLost: allLost(clipped),
    smallest: smallest(clipped),
    unclippedEarly: percent(rowAt(curve(unclipped), quoted).accuracy),
    clipEffect: `${compared(clipEffect.value, 0, ['lowers', 'changes', 'raises'])} it by ${interval(clipEffect)}`,
    firstEarly: percent(rowAt(curve(firstImages), quoted).accuracy),
    recovered: recovered(clipped),
    zeroGradients:
      zeroGradients === 0
        ? 'No image has a gradient of zero, which would have left it unchanged.'
        : `In ${count(zeroGradients)} cases the gradient is zero everywhere, and the image stays unchanged.`,
  };
}

/** A difference without its sign, with its 95 % interval: "35.1 points (95 % interval 32.1 to 38.1)". */
export function interval({ value, low, high }: Share): string {
  const points = (share: number) => decimal(share * 100 * (value < 0 ? -1 : 1), 1);
  const [from, to] = value < 0 ? [high, low] : [low, high];
  return `${points(value)}\u00a0points (95\u00a0% interval ${points(from)} to ${points(to)})`;
}

/** Difference of two sweeps' accuracies at one ε over the same images, a − b, with its paired interval. */
export function differenceAt(a: Sweep, b: Sweep, epsilon: number) {
  if (a.indices.join() !== b.indices.join()) throw new Error('the sweeps are over different images');
  const at = (sweep: Sweep) => correct(sweep.labels, sweep.predicted[sweep.epsilons.indexOf(epsilon)]!);
  return pairedDifference(at(a), at(b));
}

/** ε of the grid at which two sweeps' accuracies differ most, and that difference, a − b. */
export function largestDifference(a: Sweep, b: Sweep): { epsilon: number; difference: number } {
  const rowsB = curve(b);
  return curve(a)
    .map(({ epsilon, accuracy }, i) => ({ epsilon, difference: accuracy - rowsB[i]!.accuracy }))
    .reduce((best, one) => (Math.abs(one.difference) > Math.abs(best.difference) ? one : best));
}

function course(sweep: Sweep): string {
  const rows = curve(sweep);
  const chance = crossing(rows, CHANCE);
  const lowest = Math.min(...rows.map(({ accuracy }) => accuracy));
  if (rows[0]!.accuracy < CHANCE)
    return `Even without an attack accuracy is below that of guessing, one in ten; its lowest value is ${percent(lowest)}.`;
  if (chance === undefined)
    return `Accuracy does not fall to that of guessing, one in ten: its lowest value is ${percent(lowest)}.`;
  const on = lowest < CHANCE ? `, and then below it, to ${percent(lowest)}` : '';
  return `Accuracy falls to that of guessing, one in ten, at ε ≈ ${decimal(chance, 3)} (interpolated)${on}.`;
}

/** Whether some ε of the grid suffices for an image that is classified correctly before. */
function smallest({ labels, predicted }: Sweep): string {
  const fooled = [...labels].some(
    (label, i) => predicted[0]![i] === label && predicted.some((row) => row[i] !== label),
  );
  return fooled
    ? 'They differ in the smallest ε that suffices.'
    : 'None that is classified correctly before is misclassified at any ε of the grid.';
}

/** From which ε of the grid on no image is classified correctly. */
function allLost(sweep: Sweep): string {
  const rows = curve(sweep);
  const from = rows[rows.findLastIndex(({ accuracy }) => accuracy > 0) + 1];
  return from
    ? `From ε = ${writeEpsilon(from.epsilon)} on none of the ${count(sweep.labels.length)} images is classified correctly.`
    : `At ε = ${writeEpsilon(rows.at(-1)!.epsilon)} ${percent(rows.at(-1)!.accuracy)} of the images are still classified correctly.`;
}

/** Images misclassified at some ε and classified correctly again at a larger one. */
function recovered({ labels, predicted }: Sweep): string {
  const images = [...labels].filter((label, i) => {
    const lost = predicted.findIndex((row) => row[i] !== label);
    return lost >= 0 && predicted.slice(lost).some((row) => row[i] === label);
  }).length;
  return images === 0
    ? 'No image is misclassified at one ε and classified correctly again at a larger one, though a long step can overshoot.'
    : `${capital(numberWord(images))} of the images are misclassified at some ε and classified correctly again at a larger one, because a long step can overshoot.`;
}
