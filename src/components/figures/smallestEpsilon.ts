// How far each image has to be moved: the smallest ε of the grid at which it is misclassified, for both attacks.
import { rectY, type RenderFunction } from '@observablehq/plot';
import { sum, ticks } from 'd3';
import { quotedEpsilon } from '../../compute/options.ts';
import { smallestFlippingEpsilons } from '../../compute/results/curve.ts';
import type { Sweep } from '../../compute/results/schemas.ts';
import { capital, count, decimal, percent, stepsName } from '../format.ts';
import { defineFigure, plotFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { epsilonAxis, label, yAxis } from './marks.ts';

/** The images of one attack, counted by their smallest flipping ε. */
interface Flips {
  style: 'fgsm' | 'iterative';
  name: string;
  /** Images first misclassified at each ε of the grid; 0 at the first, which is unperturbed. */
  counts: readonly number[];
  /** Images that no ε of the grid flips. */
  never: number;
}

/** Both attacks over one grid; FGSM is drawn upwards, the other downwards. */
export interface SmallestEpsilonData {
  epsilons: readonly number[];
  attacks: readonly [Flips, Flips];
}

/** Images that are classified correctly at ε = 0, by the smallest ε of the grid at which they are not. */
export const smallestEpsilon = defineFigure({
  results: ['iterative-curve', 'fgsm-curve'],
  data: ({ 'iterative-curve': iterative, 'fgsm-curve': fgsm }): SmallestEpsilonData => ({
    epsilons: iterative.clipped.epsilons,
    attacks: [
      flips(fgsm.clipped, 'fgsm', 'FGSM, one step'),
      flips(iterative.clipped, 'iterative', capital(stepsName(iterative.clipped.steps))),
    ],
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
  draw,
  table,
});

function flips(sweep: Sweep, style: Flips['style'], name: string): Flips {
  const smallest = smallestFlippingEpsilons(sweep);
  const counts = sweep.epsilons.map((epsilon) => smallest.filter((one) => one === epsilon).length);
  return { style, name, counts, never: smallest.filter((one) => one === null).length };
}

/** Two histograms back to back. A bar covers the interval between two values of the grid in which the flip lies. */
function draw({ epsilons, attacks }: SmallestEpsilonData, options: FigureOptions): SVGSVGElement {
  const small = options.size === 'small';
  const most = Math.max(1, ...attacks.flatMap(({ counts }) => counts));
  const top = most * 1.08;
  const maxEpsilon = epsilons[epsilons.length - 1]!;
  const steps = ticks(0, most, 3).slice(1).filter(Number.isInteger);
  return plotFigure(options, {
    ...(small
      ? { width: 350, height: 350, marginRight: 10, marginLeft: 38 }
      : { width: 932, height: 400, marginRight: 5, marginLeft: 46 }),
    marginTop: 36,
    marginBottom: 50,
    x: { domain: [0, maxEpsilon] },
    y: { domain: [-top, top] },
    marks: [
      yAxis({
        ticks: [...steps.map((n) => -n).reverse(), 0, ...steps],
        axisAt: 0,
        format: (n) => count(Math.abs(n)),
        title: 'Images, by the _ε_ at which they are first misclassified',
      }),
      ...attacks.map(({ style, counts, name }, side) =>
        rectY(
          counts.flatMap((n, i) => (i > 0 && n > 0 ? [{ from: epsilons[i - 1]!, to: epsilons[i]!, n }] : [])),
          {
            x1: 'from',
            x2: 'to',
            y1: 0,
            y2: ({ n }: { n: number }) => (side === 0 ? n : -n),
            insetLeft: 1,
            insetRight: 1,
            className: `bar ${style}`,
            title: ({ from, to, n }: { from: number; to: number; n: number }) =>
              `${name}: ${count(n)} between ε = ${from} and ${to}`,
          },
        ),
      ),
      epsilonAxis(maxEpsilon),
      ...legend(attacks[0], { x: maxEpsilon, y: steps[steps.length - 1] ?? 0 }),
      ...legend(attacks[1], { x: maxEpsilon, y: -(steps[steps.length - 2] ?? 0) }),
    ],
  });
}

/** Name of the attack and the images that never flip, below a rule in the empty half right of the bars. */
function legend({ style, name, never }: Flips, at: { x: number; y: number }): RenderFunction[] {
  const left = never === 0 ? 'no image is' : `${count(never)} ${never === 1 ? 'image is' : 'images are'}`;
  return [
    label(at, name, { anchor: 'end', dy: 16, className: `lab b ${style}` }),
    label(at, `${left} still correct at ${at.x}`, { anchor: 'end', dy: 33, className: 'lab q' }),
  ];
}

/** A row for each ε, and one for the images that never flip. */
function table({ epsilons, attacks }: SmallestEpsilonData): FigureTable {
  return {
    header: ['smallest epsilon', ...attacks.map(({ name }) => name)],
    print: [(value) => decimal(value, 3), count, count],
    rows: [
      ...epsilons.slice(1).map((epsilon, i) => [epsilon, ...attacks.map(({ counts }) => counts[i + 1]!)]),
      ['none', ...attacks.map(({ never }) => never)],
    ],
  };
}
