import { describe, expect, it } from 'vitest';
import { example } from '../figures/fixtures.ts';
import { shareCard } from './shareCard.ts';

const grey = (level: number) => ({ r: level, g: level, b: level });
const colours = { paper: grey(1), tile: grey(250), rule: grey(2), ink: grey(3) };

describe('shareCard(example, colours)', () => {
  const { width, height, data } = shareCard(example(1), colours);
  const at = (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];

  it('is opaque, 1200 × 630', () => {
    expect([width, height, data.length]).toEqual([1200, 630, 4 * 1200 * 630]);
    expect(data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('shows the image, a plus, the step, equals and x* from left to right', () => {
    expect(at(0, 0)).toEqual([1, 1, 1, 255]);
    expect(at(67, 315)).toEqual([2, 2, 2, 255]);
    expect(at(69, 161)).toEqual([250, 250, 250, 255]);
    // Row 7, column 10 of the image is 0.8 of black over the tile.
    expect(at(69 + 11 * 10 + 5, 161 + 11 * 7 + 5)).toEqual([50, 50, 50, 255]);
    expect(at(412, 315)).toEqual([3, 3, 3, 255]);
    const step = example(1).path[0]!.signs.startsWith('-') ? [100, 145, 58, 255] : [176, 85, 148, 255];
    expect(at(447, 162)).toEqual(step);
    expect(at(789, 304)).toEqual([3, 3, 3, 255]);
    expect(at(789, 315)).toEqual([1, 1, 1, 255]);
  });
});
