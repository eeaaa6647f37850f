import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { moveAtRandom } from './randomSigns.ts';

everyBackend('moveAtRandom(images, { epsilon, seed })', () => {
  const grey = () => tf.fill<tf.Rank.R4>([4, 28, 28, 1], 0.5);
  const run = (epsilon: number, seed: number, clip = true) =>
    Array.from(moveAtRandom(grey(), { epsilon, seed, clip }).dataSync());

  it('moves each pixel by ε, up as often as down', () => {
    const moved = run(0.25, 1);
    expect(new Set(moved)).toEqual(new Set([0.25, 0.75]));
    // 1,568 of 3,136 go up, standard deviation 28: within five of them.
    expect(Math.abs(moved.filter((pixel) => pixel > 0.5).length - 1_568)).toBeLessThan(140);
  });

  it('clips to [0, 1], unless it is told not to', () => {
    expect(new Set(run(1, 1))).toEqual(new Set([0, 1]));
    expect(new Set(run(1, 1, false))).toEqual(new Set([-0.5, 1.5]));
  });

  it('draws the same signs for the same seed, others for another', () => {
    expect(run(0.25, 1)).toEqual(run(0.25, 1));
    expect(run(0.25, 2)).not.toEqual(run(0.25, 1));
  });

  it('leaves the images as they are and one tensor behind', () => {
    const images = grey();
    const before = tf.memory().numTensors;
    moveAtRandom(images, { epsilon: 0.25, seed: 1 });
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(images.dataSync().every((pixel) => pixel === 0.5)).toBe(true);
  });

  it('refuses a bad ε or seed', () => {
    expect(() => run(1.1, 1)).toThrow('invalid epsilon: 1.1, expected a number from 0 to 1 (pixel units)');
    expect(() => run(NaN, 1)).toThrow('invalid epsilon: NaN');
    expect(() => run(0.1, -1)).toThrow('invalid seed: -1');
  });
});
