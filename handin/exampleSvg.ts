// Questions 1 and 3 as a drawing: x, the change, x*, each with what the network reads.
import { argmax } from '../src/compute/statistics.ts';
import type { Example } from '../src/compute/results/schemas.ts';
import { probability } from '../src/components/format.ts';

const SIDE = 28;
const SCALE = 10;
const TILE = SIDE * SCALE;
const WIDTH = 932;
const HEIGHT = 358;
const TOP = 24;

/** Class and opacity of a pixel; at opacity 0 the tile shows through. */
type Paint = (value: number) => { className: string; opacity: number };

/** Ink on paper: as dense as the pixel is bright. */
const ink: Paint = (value) => ({ className: 'ink', opacity: value });

/** The diverging scale of perturbations: opacity is |value| / ε. */
function change(epsilon: number): Paint {
  return (value) => ({
    className: value > 0 ? 'brighter' : 'darker',
    opacity: Math.min(1, Math.abs(value) / epsilon),
  });
}

/** Colours of the pixels, to be resolved with the figures' own style sheet. */
export const pixelCss = `
  .chart .ink { fill: #000 }
  .chart .darker { fill: rgb(var(--scale-neg)) }
  .chart .brighter { fill: rgb(var(--scale-pos)) }
  .chart .tile { fill: none; stroke: var(--rule-2) }
`;

/**
 * x, x* − x and x* of an attacked image, as an SVG document styled by the classes of the figures.
 *
 * @param css resolved style sheet of the figures and {@link pixelCss}, put into the drawing
 */
export function exampleSvg({ index, label, epsilon, steps, original, path }: Example, css: string): string {
  const { perturbed, prediction } = path.at(-1)!;
  const difference = perturbed.map((value, i) => round(value - original.image[i]!));
  const attack =
    steps === 1
      ? `one step of ${symbol('ε')} = ${epsilon}`
      : `${steps} steps of ${symbol('ε')}/${steps} = ${round(epsilon / steps)}`;
  const tiles = [
    {
      pixels: original.image,
      paint: ink,
      head: symbol('x'),
      text: reading(original.prediction.probabilities),
    },
    {
      pixels: difference,
      paint: change(epsilon),
      head: `${symbol('x')}* − ${symbol('x')} <tspan class="q">(pink: brighter, green: darker)</tspan>`,
      text: attack,
    },
    { pixels: perturbed, paint: ink, head: `${symbol('x')}*`, text: reading(prediction.probabilities) },
  ];
  const gap = (WIDTH - tiles.length * TILE) / (tiles.length - 1);
  const title = `Test image ${index}, class ${label}: ${steps === 1 ? 'FGSM' : 'iterative FGSM'}, ε = ${epsilon}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart c-wide" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    `<title>${title}</title><style>${css}</style>`,
    ...tiles.map(({ pixels, paint, head, text }, i) => {
      const x = round(i * (TILE + gap));
      return (
        `<g transform="translate(${x} 0)"><text class="b" x="0" y="14">${head}</text>` +
        `<g transform="translate(0 ${TOP})" shape-rendering="crispEdges">${runs(pixels, paint)}` +
        `<rect class="tile" width="${TILE}" height="${TILE}"/></g>` +
        `<text x="0" y="${TOP + TILE + 24}">${text}</text></g>`
      );
    }),
    `<text class="q" x="0" y="${HEIGHT - 8}">${escape(title)}; largest change of a pixel ${round(Math.max(...difference.map(Math.abs)))} of 1</text>`,
    '</svg>\n',
  ].join('');
}

function reading(probabilities: number[]): string {
  const digit = argmax(probabilities);
  return `read as ${digit}, probability ${escape(probability(probabilities[digit]!))}`;
}

/** Equal neighbours of a row become one rectangle. */
function runs(pixels: readonly number[], paint: Paint): string {
  const rectangles: string[] = [];
  for (let row = 0; row < SIDE; row++) {
    for (let from = 0, to; from < SIDE; from = to) {
      const value = pixels[row * SIDE + from]!;
      for (to = from + 1; to < SIDE && pixels[row * SIDE + to] === value; to++);
      const { className, opacity } = paint(value);
      if (opacity === 0) continue;
      const place = `x="${from * SCALE}" y="${row * SCALE}" width="${(to - from) * SCALE}" height="${SCALE}"`;
      rectangles.push(`<rect class="${className}" ${place} fill-opacity="${round(opacity)}"/>`);
    }
  }
  return rectangles.join('');
}

function symbol(letter: string): string {
  return `<tspan class="m">${letter}</tspan>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
