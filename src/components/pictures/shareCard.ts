// The picture that a link to the report shows: x + step = x*, in large pixels and without words.
import type { Example } from '../../compute/results/schemas.ts';
import { signsFromText } from '../../compute/signs.ts';
import { changePicture, digitPicture, side, type Picture } from './picture.ts';

type Rgb = Record<'r' | 'g' | 'b', number>;

const width = 1200;
const height = 630;
const scale = 11;
const tile = side * scale;
const gap = (width - 3 * tile) / 4;
const top = (height - tile) / 2;

/** The image, its step and x* of one attack, 1200 × 630 pixels, opaque; the colours are tokens of the light theme. */
export function shareCard(
  { original, path }: Example,
  colours: Record<'paper' | 'tile' | 'rule' | 'ink', Rgb>,
): Picture {
  const card: Picture = { width, height, data: new Uint8ClampedArray(4 * width * height) };
  fill(card, colours.paper, { x: 0, y: 0, width, height });
  const { signs, perturbed } = path[0]!;
  const shown = [
    digitPicture(original.image),
    changePicture(signsFromText(signs), 1),
    digitPicture(perturbed),
  ];
  shown.forEach((picture, i) => {
    const x = gap + i * (tile + gap);
    fill(card, colours.rule, { x: x - 2, y: top - 2, width: tile + 4, height: tile + 4 });
    paint(card, picture, colours.tile, x);
  });
  const bar = { width: 36, height: 6 };
  const [plus, equals] = [1, 2].map((i) => Math.round(i * (gap + tile) + gap / 2));
  const middle = height / 2;
  fill(card, colours.ink, { x: plus! - 18, y: middle - 3, ...bar });
  fill(card, colours.ink, { x: plus! - 3, y: middle - 18, width: bar.height, height: bar.width });
  fill(card, colours.ink, { x: equals! - 18, y: middle - 13, ...bar });
  fill(card, colours.ink, { x: equals! - 18, y: middle + 7, ...bar });
  return card;
}

function fill(
  card: Picture,
  { r, g, b }: Rgb,
  at: { x: number; y: number; width: number; height: number },
): void {
  for (let y = at.y; y < at.y + at.height; y++) {
    for (let x = at.x; x < at.x + at.width; x++) card.data.set([r, g, b, 255], 4 * (y * card.width + x));
  }
}

/** Paints a translucent picture over its ground, each pixel as a square. */
function paint(card: Picture, { data }: Picture, ground: Rgb, left: number): void {
  for (let i = 0; i < side * side; i++) {
    const opacity = data[4 * i + 3]! / 255;
    const over = (below: number, channel: number) =>
      Math.round(below + opacity * (data[4 * i + channel]! - below));
    const colour = { r: over(ground.r, 0), g: over(ground.g, 1), b: over(ground.b, 2) };
    const at = { x: left + scale * (i % side), y: top + scale * Math.floor(i / side) };
    fill(card, colour, { ...at, width: scale, height: scale });
  }
}
