// The picture that a link to the report shows: x + step = x*, in large pixels and without words.
import type { Example } from '../../compute/results/schemas.ts';
import { signsFromText } from '../../compute/signs.ts';
import { changePicture, digitPicture, enlarge, type Picture } from './picture.ts';

type Rgb = Record<'r' | 'g' | 'b', number>;

/** Tokens of the light theme. */
export interface CardColours {
  paper: Rgb;
  tile: Rgb;
  rule: Rgb;
  ink: Rgb;
}

const width = 1200;
const height = 630;
const scale = 11;
const tile = 28 * scale;
const gap = (width - 3 * tile) / 4;
const top = (height - tile) / 2;

/** The image, its step and x* of one attack, 1200 × 630 pixels, opaque. */
export function shareCard({ original, path }: Example, colours: CardColours): Picture {
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
    fill(card, colours.tile, { x, y: top, width: tile, height: tile });
    paint(card, enlarge(picture, scale), { x, y: top });
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

/** Paints a rectangle. */
function fill(
  card: Picture,
  { r, g, b }: Rgb,
  at: { x: number; y: number; width: number; height: number },
): void {
  for (let y = at.y; y < at.y + at.height; y++) {
    for (let x = at.x; x < at.x + at.width; x++) card.data.set([r, g, b, 255], 4 * (y * card.width + x));
  }
}

/** Lays a translucent picture over what is there. */
function paint(card: Picture, picture: Picture, at: { x: number; y: number }): void {
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      const from = 4 * (y * picture.width + x);
      const to = 4 * ((y + at.y) * card.width + x + at.x);
      const opacity = picture.data[from + 3]! / 255;
      for (let channel = 0; channel < 3; channel++) {
        const below = card.data[to + channel]!;
        card.data[to + channel] = Math.round(below + opacity * (picture.data[from + channel]! - below));
      }
    }
  }
}
