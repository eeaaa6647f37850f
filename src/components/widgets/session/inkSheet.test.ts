import { describe, expect, it } from 'vitest';
import { createInkSheet } from './inkSheet.ts';

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
