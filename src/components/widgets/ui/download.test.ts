import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { isPicture, type AttackResult } from '../session/example.ts';
import { pictureFile } from './download.ts';

const resultOf = (...first: number[]) => {
  const perturbed = new Float32Array(784);
  perturbed.set(first);
  return { path: [{ perturbed }] } as unknown as AttackResult;
};

it('pictureFile(result) holds x* as bytes, rounded, in a PNG of 28 by 28 pixels', async () => {
  const file = pictureFile(resultOf(0, 1, 0.5, 0.299, 0.705));
  const { width, height, data, channels } = decode(await file.arrayBuffer());
  expect([width, height]).toEqual([28, 28]);
  // 0.299 · 255 = 76.2 and 0.705 · 255 = 179.8.
  expect([0, 1, 2, 3, 4].map((i) => data[i * channels])).toEqual([0, 255, 128, 76, 180]);
});

it('no picture is made of values outside [0, 1]', () => {
  expect(isPicture(resultOf(0.5))).toBe(true);
  for (const value of [1.25, -0.25]) {
    expect(isPicture(resultOf(value))).toBe(false);
    expect(() => pictureFile(resultOf(value))).toThrow('invalid byte 0');
  }
});
