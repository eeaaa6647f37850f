import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreDigit, createInkSheet } from './inkSheet.ts';

describe('createInkSheet()', () => {
  it('draws a line as wide as two pixels of MNIST, whole at its middle', () => {
    const sheet = createInkSheet();
    sheet.draw([0.25, 0.5], [0.75, 0.5]);
    const column = Array.from({ length: 28 }, (_, row) => sheet.means()[row * 28 + 14]!);
    expect(column.slice(13, 15)).toEqual([1, 1]);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(2.2, 1);
    expect(sheet.means()[13 * 28 + 3]).toBe(0);
  });

  it('keeps what is there when another line crosses it', () => {
    const [once, twice] = [createInkSheet(), createInkSheet()];
    for (const sheet of [once, twice]) sheet.draw([0.2, 0.2], [0.8, 0.8]);
    twice.draw([0.8, 0.2], [0.2, 0.8]);
    expect(twice.values.every((value, i) => value >= once.values[i]!)).toBe(true);
  });

  it('draws a dot where the pen does not move, and nothing beyond the edge', () => {
    const sheet = createInkSheet();
    sheet.draw([0, 1], [0, 1]);
    expect(sheet.means()[27 * 28]).toBeGreaterThan(0.7);
    expect(sheet.values.every((value) => value >= 0 && value <= 1)).toBe(true);
    sheet.clear();
    expect(Math.max(...sheet.values)).toBe(0);
  });
});

/** Ink in a rectangle of a sheet. */
function rectangle(
  width: number,
  [left, top, right, bottom]: [number, number, number, number],
): Float32Array {
  const ink = new Float32Array(width * width);
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) ink[y * width + x] = 1;
  return ink;
}

/** Extent of the ink and its centre of mass. */
function describeInk(image: Float32Array) {
  let [left, right, top, bottom, mass, sumX, sumY] = [28, 0, 28, 0, 0, 0, 0];
  image.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % 28, Math.floor(i / 28)];
    [left, right, top, bottom] = [
      Math.min(left, x),
      Math.max(right, x + 1),
      Math.min(top, y),
      Math.max(bottom, y + 1),
    ];
    mass += value;
    sumX += value * (x + 0.5);
    sumY += value * (y + 0.5);
  });
  return { width: right - left, height: bottom - top, x: sumX / mass, y: sumY / mass };
}

describe('centreDigit(ink)', () => {
  it('scales the longer side to 20 pixels, keeps the proportions and centres', () => {
    const tall = centreDigit(rectangle(280, [30, 40, 80, 240]))!;
    expect(describeInk(tall).height).toBe(20);
    expect(describeInk(tall).x).toBeCloseTo(14, 5);
    expect(describeInk(tall).y).toBeCloseTo(14, 5);
    // 50 by 200 becomes 5 by 20: an odd width about the centre covers half a pixel at either side.
    expect(describeInk(tall).width).toBe(6);
    const wide = centreDigit(rectangle(280, [10, 10, 270, 140]))!;
    expect(describeInk(wide)).toMatchObject({ width: 20, height: 10 });
  });

  it('does not depend on where the ink is or how large it was drawn', () => {
    const here = centreDigit(rectangle(280, [20, 20, 60, 100]))!;
    const there = centreDigit(rectangle(280, [120, 40, 200, 200]))!;
    expect(Math.max(...here.map((value, i) => Math.abs(value - there[i]!)))).toBeLessThan(1e-5);
  });

  it('puts the centre of mass, not of the box, at the centre', () => {
    const ink = rectangle(280, [100, 40, 120, 240]);
    rectangle(280, [120, 200, 200, 240]).forEach((value, i) => (ink[i] = Math.max(ink[i]!, value)));
    const { x, y } = describeInk(centreDigit(ink)!);
    expect(x).toBeCloseTo(14, 4);
    expect(y).toBeCloseTo(14, 4);
  });

  it('keeps ink inside the frame whose centre of mass would put it outside', () => {
    const ink = rectangle(280, [0, 0, 40, 200]);
    rectangle(280, [40, 95, 200, 105]).forEach((value, i) => (ink[i] = Math.max(ink[i]!, value)));
    expect(describeInk(centreDigit(ink)!).width).toBe(20);
  });

  it('keeps all ink inside the frame, values in [0, 1] and the darkest at 1', () => {
    const ink = fc.array(fc.tuple(fc.nat(39), fc.nat(39), fc.double({ min: 0.1, max: 1, noNaN: true })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(ink, (dots) => {
        const sheet = new Float32Array(1600);
        for (const [x, y, value] of dots) sheet[y * 40 + x] = value;
        const image = centreDigit(sheet)!;
        expect(image).toHaveLength(784);
        expect(image.every((value) => value >= 0 && value <= 1)).toBe(true);
        expect(Math.max(...image)).toBeCloseTo(1, 6);
        const { width, height } = describeInk(image);
        expect(Math.max(width, height)).toBeLessThanOrEqual(21);
      }),
      { numRuns: 50 },
    );
  });

  it('is undefined for an empty sheet', () => {
    expect(centreDigit(new Float32Array(100))).toBeUndefined();
  });
});
