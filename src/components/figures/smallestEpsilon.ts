// How far each image has to be moved: the smallest ε of the grid at which it is misclassified, for both attacks.
import { rectY, type RenderFunction } from '@observablehq/plot';
import { sum, ticks } from 'd3';
import { smallestFlippingEpsilons } from '../../compute/results/curve.ts';
import type { Sweep } from '../../compute/results/schemas.ts';
import { capital, count, percent, stepsName } from '../format.ts';
import { quotedEpsilon } from './accuracyCurves.ts';
import { xAxis, yAxis } from './axes.ts';
import { defineFigure, type FigureOptions, type FigureTable } from './figure.ts';
import { drawLine, group, label, writeText } from './marks.ts';
import { plotFigure } from './plotFigure.ts';

/** The images of one attack, counted by their smallest flipping ε. */
interface Flips {
  style: 'fgsm' | 'iterative';
  name: string;
  /** Images first misclassified at each ε of the grid; 0 at the first, which is unperturbed. */
  counts: readonly number[];
  /** Images that no ε of the grid flips. */
  never: number;
  /** Smallest ε of the grid by which half of all images are misclassified, if there is one. */
  median: number | undefined;
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
    return `By _ε_ = ${epsilon} one step has fooled ${one} of the images, ${attacks[1].name.toLowerCase()} ${several}`;
  },
  description:
    'Two histograms of the images by the smallest epsilon at which they are misclassified, one for each attack.',
  draw,
  table,
});

function flips(sweep: Sweep, style: Flips['style'], name: string): Flips {
  const smallest = smallestFlippingEpsilons(sweep);
  const counts = sweep.epsilons.map((epsilon) => smallest.filter((one) => one === epsilon).length);
  let flipped = 0;
  const median = sweep.epsilons.find((_epsilon, i) => (flipped += counts[i]!) * 2 >= smallest.length);
  return { style, name, counts, never: smallest.filter((one) => one === null).length, median };
}

/**
 * Two histograms back to back. A bar covers the interval between two values of the grid in which the flip lies.
 *
 * @throws if the counts do not match the grid
 */
function draw(data: SmallestEpsilonData, options: FigureOptions): SVGSVGElement {
  const { epsilons, attacks } = data;
  for (const { counts } of attacks) {
    if (counts.length !== epsilons.length) {
      throw new RangeError(
        `invalid counts: ${counts.length}, expected ${epsilons.length}, one for each epsilon`,
      );
    }
  }
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
      xAxis({ ticks: ticks(0, maxEpsilon, 5), format: String, title: '_ε_, largest change of a pixel' }),
      ...attacks.flatMap((attack, side) => legend(attack, side === 0 ? 1 : -1, { top, maxEpsilon })),
    ],
  });
}

/** Name, median and the images that never flip, in the empty half right of the bars. */
function legend(
  { style, name, never, median }: Flips,
  sign: 1 | -1,
  { top, maxEpsilon }: { top: number; maxEpsilon: number },
): RenderFunction[] {
  const at = { x: maxEpsilon, y: sign * top * 0.62 };
  const lines = [
    ...(median === undefined ? [] : [`half of them by _ε_ = ${median}`]),
    never === 0
      ? `none holds out to ${maxEpsilon}`
      : `${count(never)} hold${never === 1 ? 's' : ''} out to ${maxEpsilon}`,
  ];
  return [
    medianLine(median, sign, top, style),
    label(at, name, { anchor: 'end', className: `lab b ${style}` }),
    ...lines.map((text, i) => label(at, text, { anchor: 'end', dy: 19 * (i + 1), className: 'lab q' })),
  ];
}

/** A line through the bars at the median. */
function medianLine(median: number | undefined, sign: 1 | -1, top: number, style: string): RenderFunction {
  return (_index, scales, _values, _dimensions, context) => {
    if (median === undefined) return null;
    const g = group(context);
    const [x, y1, y2] = [Number(scales.x!(median)), Number(scales.y!(0)), Number(scales.y!(sign * top))];
    drawLine(g, 'mk', { x1: x, x2: x, y1, y2 });
    writeText(g, 'half', { x: x + 6, y: sign > 0 ? y2 + 12 : y2 - 2, className: `lab ${style}` });
    return g.node();
  };
}

/** A row for each ε, and one for the images that never flip. */
function table({ epsilons, attacks }: SmallestEpsilonData): FigureTable {
  return {
    columns: ['smallest epsilon', ...attacks.map(({ name }) => name)].map((name) => ({ name })),
    rows: [
      ...epsilons.slice(1).map((epsilon, i) => [epsilon, ...attacks.map(({ counts }) => counts[i + 1]!)]),
      ['none', ...attacks.map(({ never }) => never)],
    ],
  };
}
