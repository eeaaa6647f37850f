import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { example, fixtures } from '../figures/fixtures.ts';
import { encodePng } from './encodePng.ts';
import { changePicture, digitPicture, enlarge, greyPicture, type Picture } from './picture.ts';
import { pictures } from './pictures.ts';

const image = (...first: number[]) => [...first, ...new Array<number>(784 - first.length).fill(0)];
const pixel = ({ data }: Picture, i: number) => [...data.subarray(4 * i, 4 * i + 4)];

describe('digitPicture(pixels)', () => {
  it('is ink whose opacity is the value', () => {
    const picture = digitPicture(image(0, 1, 0.5, 1 / 255, 0.1));
    expect([picture.width, picture.height]).toEqual([28, 28]);
    expect([0, 1, 2, 3, 4].map((i) => pixel(picture, i))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 255],
      [0, 0, 0, 128],
      [0, 0, 0, 1],
      [0, 0, 0, 26],
    ]);
  });

  it('throws for a value outside 0…1 and for another size', () => {
    expect(() => digitPicture(image(0, 1.5))).toThrow('invalid pixel 1: 1.5, expected a number from 0 to 1');
    expect(() => digitPicture(image(NaN))).toThrow('invalid pixel 0: NaN');
    expect(() => digitPicture([0])).toThrow('invalid image: 1 values, expected 784');
  });
});

describe('changePicture(change, epsilon)', () => {
  it('is green below 0, magenta above, transparent at 0, opaque at the ends', () => {
    const picture = changePicture(image(-0.3, 0, 0.3, 0.15, -0.06), 0.3);
    expect([0, 1, 2, 3, 4].map((i) => pixel(picture, i))).toEqual([
      [100, 145, 58, 255],
      [0, 0, 0, 0],
      [176, 85, 148, 255],
      [176, 85, 148, 128],
      [100, 145, 58, 51],
    ]);
  });

  it('allows for the rounding of float32', () => {
    expect(pixel(changePicture(image(Math.fround(0.3)), 0.3), 0)).toEqual([176, 85, 148, 255]);
  });

  it('throws for a change beyond epsilon, and for another size', () => {
    expect(() => changePicture(image(0.31), 0.3)).toThrow('invalid change of pixel 0: 0.31');
    expect(() => changePicture(image(NaN), 0.3)).toThrow('invalid change of pixel 0: NaN');
    expect(() => changePicture([0], 0.3)).toThrow('invalid image: 1 values');
  });
});

describe('greyPicture(bytes)', () => {
  it('keeps the bytes, opaque', () => {
    const picture = greyPicture(image(0, 255, 76));
    expect([0, 1, 2].map((i) => pixel(picture, i))).toEqual([
      [0, 0, 0, 255],
      [255, 255, 255, 255],
      [76, 76, 76, 255],
    ]);
  });

  it.each([256, -1, 0.5])('throws for %s', (value) => {
    expect(() => greyPicture(image(value))).toThrow(
      `invalid byte 0: ${value}, expected a whole number from 0 to 255`,
    );
  });
});

describe('enlarge(picture, scale)', () => {
  it('makes squares of pixels', () => {
    const [a, b, c, d] = [1, 5, 9, 13].map((first) => [first, first + 1, first + 2, first + 3]);
    const data = Uint8ClampedArray.from([a, b, c, d].flat() as number[]);
    const large = enlarge({ width: 2, height: 2, data }, 2);
    expect([large.width, large.height]).toEqual([4, 4]);
    expect([...large.data]).toEqual([a, a, b, b, a, a, b, b, c, c, d, d, c, c, d, d].flat());
  });
});

describe('encodePng(picture)', () => {
  it('keeps each channel of each pixel', () => {
    const data = Uint8ClampedArray.from([0, 0, 0, 9, 1, 1, 1, 255, 200, 100, 50, 0]);
    const png = decode(encodePng({ width: 3, height: 1, data }));
    expect([png.width, png.height, png.channels, png.depth]).toEqual([3, 1, 4, 8]);
    expect([...png.data]).toEqual([...data]);
  });

  it('takes few bytes for large pixels', () => {
    expect(encodePng(enlarge(digitPicture(example(1).original.image), 10)).length).toBeLessThan(1200);
  });
});

describe('pictures(results)', () => {
  const { gallery, precision } = fixtures;
  const all = pictures({
    fgsm: fixtures['fgsm-example'],
    iterative: fixtures['iterative-example'],
    gallery,
    defendedGallery: gallery,
    precision,
  });

  it('offers x* for download in bytes that stay within ε, large and small', () => {
    const { quantised } = fixtures['iterative-example'];
    const bytes = all.get('download-iterative-bytes')!;
    expect(bytes).toEqual(greyPicture(quantised.pixels));
    expect(all.get('download-iterative-perturbed')).toEqual(enlarge(bytes, 10));
  });

  it('draws the flip row’s thumbnail at the example’s ε as x* itself', () => {
    const { path, epsilon } = fixtures['fgsm-example'];
    expect(all.get(`flip-${epsilon}`)).toEqual(enlarge(digitPicture(path[0]!.perturbed), 3));
  });

  it('marks where the signs of both forms of the cross-entropy are wrong', () => {
    const { reference, float32 } = fixtures.precision.worst;
    const first = [...reference].findIndex((sign, i) => sign !== float32.crossEntropy[i]);
    const { data, width } = all.get('precision-wrong')!;
    const opacity = (i: number) => data[4 * (Math.floor(i / 28) * 5 * width + (i % 28) * 5) + 3];
    expect([opacity(first - 1), opacity(first)]).toEqual([first > 0 ? 0 : undefined, 255]);
  });
});
