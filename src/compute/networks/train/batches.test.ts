import { describe, expect, it } from 'vitest';
import { createGenerator } from '../../data/generator.ts';
import { drawBatch, planEpoch } from './batches.ts';

const image = (...ink: [row: number, column: number, byte: number][]) => {
  const pixels = new Uint8Array(784);
  for (const [row, column, byte] of ink) pixels[28 * row + column] = byte;
  return pixels;
};

describe('drawBatch(plan, digits, start, count)', () => {
  const shifts = [-1, 0, 1].flatMap((rows) => [-1, 0, 1].map((columns) => [columns, rows] as const));

  it.each(shifts)('moves an image by %i columns and %i rows, the uncovered border 0', (columns, rows) => {
    // A pixel in the middle, one in each corner and one on each edge: of these, those that leave are lost.
    const ink: [number, number, number][] = [
      [10, 12, 255],
      [0, 0, 51],
      [0, 27, 102],
      [27, 0, 153],
      [27, 27, 204],
      [0, 14, 5],
      [14, 27, 6],
    ];
    const expected = new Float32Array(784);
    for (const [row, column, byte] of ink) {
      const [r, c] = [row + rows, column + columns];
      if (r >= 0 && r < 28 && c >= 0 && c < 28) expected[28 * r + c] = byte / 255;
    }
    const plan = { order: Uint32Array.of(0), shifts: Int8Array.of(columns, rows) };
    const digits = { images: image(...ink), labels: Uint8Array.of(4) };
    expect(drawBatch(plan, digits, 0, 1)).toEqual({ images: expected, labels: Uint8Array.of(4) });
  });

  it('takes the images at places start … of the order, each with the shift of its place', () => {
    const images = new Uint8Array([...image([5, 5, 10]), ...image([5, 5, 20]), ...image([5, 5, 30])]);
    const plan = { order: Uint32Array.of(2, 0, 1), shifts: Int8Array.of(0, 0, 1, 0, 0, -1) };
    const drawn = drawBatch(plan, { images, labels: Uint8Array.of(7, 8, 9) }, 1, 2);
    expect(drawn.labels).toEqual(Uint8Array.of(7, 8));
    const ink = [...drawn.images.entries()].filter(([, value]) => value > 0);
    // Place 1: image 0, one column right. Place 2: image 1, one row up.
    expect(ink).toEqual([
      [28 * 5 + 6, Math.fround(10 / 255)],
      [784 + 28 * 4 + 5, Math.fround(20 / 255)],
    ]);
  });

  it('scales bytes by 1 / 255, to 1 at most', () => {
    const images = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
    const plan = { order: Uint32Array.of(0), shifts: Int8Array.of(0, 0) };
    expect(drawBatch(plan, { images, labels: Uint8Array.of(0) }, 0, 1).images).toEqual(
      Float32Array.from(images, (byte) => byte / 255),
    );
  });
});

describe('planEpoch(generator, images, maxShift)', () => {
  it('holds each image once, and shifts from −maxShift to maxShift in both directions', () => {
    const { order, shifts } = planEpoch(createGenerator(2), 500, 1);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(shifts).toHaveLength(1_000);
    const pairs = Array.from({ length: 500 }, (_, i) => `${shifts[2 * i]},${shifts[2 * i + 1]}`);
    expect(new Set(pairs).size).toBe(9);
    expect(shifts.every((shift) => Math.abs(shift) <= 1)).toBe(true);
  });

  it('shifts nothing with maxShift 0', () => {
    expect(planEpoch(createGenerator(2), 10, 0).shifts.every((shift) => shift === 0)).toBe(true);
  });

  it('is the same plan for the same stream, another for the next epoch', () => {
    const [a, b] = [createGenerator(5), createGenerator(5)];
    const first = planEpoch(a, 100, 1);
    expect(planEpoch(b, 100, 1)).toEqual(first);
    expect(planEpoch(a, 100, 1)).not.toEqual(first);
  });
});
