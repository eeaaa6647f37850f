// How far each image has to be moved: the smallest ε of the grid at which it is misclassified, for both attacks.
import { rectY, type RenderFunction } from '@observablehq/plot';
import { sum, ticks } from 'd3';
import { quotedEpsilon } from '../../compute/options.ts';
import { smallestFlippingEpsilons } from '../../compute/results/curve.ts';
import type { Sweep } from '../../compute/results/schemas.ts';
import { capital, count, decimal, percent, stepsName } from '../format.ts';
import { defineFigure } from './figure.ts';
import { epsilonAxis, label, yAxis } from './marks.ts';

/** Images that are classified correctly at ε = 0, by the smallest ε of the grid at which they are not. */
export const smallestEpsilon = defineFigure({
  results: ['iterative-curve', 'fgsm-curve'],
  data: ({ 'iterative-curve': { clipped: iterative }, 'fgsm-curve': fgsm }) => ({
    epsilons: iterative.epsilons,
    attacks: [
      flips(fgsm.clipped, 'fgsm', 'FGSM, one step'),
      flips(iterative, 'iterative', capital(stepsName(iterative.steps))),
    ] as const,
  }),
  title: ({ epsilons, attacks }) => {
    const epsilon = quotedEpsilon(epsilons);
    const [one, several] = attacks.map(({ counts, never }) => {
      const flipped = sum(counts.filter((_n, i) => epsilons[i]! <= epsilon));
      return percent(flipped / Math.max(1, sum(counts) + never));
    });
    return `An _ε_ of ${epsilon} or less is enough for ${one} of the images in one step, for ${several} in ${attacks[1].name.toLowerCase()}`;
  },
  description:
    'Two histograms of the images by the smallest epsilon at which they are misclassified, one for each attack.',
  // FGSM upwards, the other downwards. A bar covers the interval between two values of the grid in which the flip lies.
  draw: ({ epsilons, attacks }, small) => {
    const most = Math.max(1, ...attacks.flatMap(({ counts }) => counts));
    const top = most * 1.08;
    const maxEpsilon = epsilons.at(-1)!;
    const steps = ticks(0, most, 3).slice(1).filter(Number.isInteger);
    return {
      height: small ? 350 : 400,
      x: { domain: [0, maxEpsilon] },
      y: { domain: [-top, top] },
      marks: [
        yAxis({
          ticks: [...steps.map((n) => -n).reverse(), 0, ...steps],
          format: (n) => count(Math.abs(n)),
          title: 'Images, by the _ε_ at which they are first misclassified',
        }),
        ...attacks.map(({ style, counts, name }, side) => {
          const bars = counts
            .map((n, i) => ({ from: epsilons[i - 1]!, to: epsilons[i]!, n }))
            .filter(({ n }) => n > 0);
          type Bar = (typeof bars)[number];
          return rectY(bars, {
            x1: 'from',
            x2: 'to',
            y1: 0,
            y2: ({ n }: Bar) => (side === 0 ? n : -n),
            insetLeft: 1,
            insetRight: 1,
            className: `bar ${style}`,
            title: ({ from, to, n }: Bar) => `${name}: ${count(n)} between ε = ${from} and ${to}`,
          });
        }),
        epsilonAxis(maxEpsilon),
        ...legend(attacks[0], { x: maxEpsilon, y: steps.at(-1) ?? 0 }),
        ...legend(attacks[1], { x: maxEpsilon, y: -(steps.at(-2) ?? 0) }),
      ],
    };
  },
  // A row for each ε, and one for the images that never flip.
  table: ({ epsilons, attacks }) => ({
    header: ['smallest epsilon', ...attacks.map(({ name }) => name)],
    print: [(value) => decimal(value, 3), count, count],
    rows: [
      ...epsilons.slice(1).map((epsilon, i) => [epsilon, ...attacks.map(({ counts }) => counts[i + 1]!)]),
      ['none', ...attacks.map(({ never }) => never)],
    ],
  }),
});

/** The images first misclassified at each ε of the grid (none at the first, which is unperturbed), and those that no ε flips. */
function flips(sweep: Sweep, style: 'fgsm' | 'iterative', name: string) {
  const smallest = smallestFlippingEpsilons(sweep);
  const countOf = (wanted: number | null) => smallest.filter((one) => one === wanted).length;
  return { style, name, counts: sweep.epsilons.map(countOf), never: countOf(null) };
}

/** Name of the attack and the images that never flip, below a rule in the empty half right of the bars. */
function legend(
  { style, name, never }: ReturnType<typeof flips>,
  at: { x: number; y: number },
): RenderFunction[] {
  const left = never === 0 ? 'no image is' : `${count(never)} ${never === 1 ? 'image is' : 'images are'}`;
  return [
    label(at, name, { anchor: 'end', dy: 16, className: `lab b ${style}` }),
    label(at, `${left} still correct at ${at.x}`, { anchor: 'end', dy: 33, className: 'lab q' }),
  ];
}
