import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { everyBackend } from '../testing/everyBackend.ts';
import { drawSigns, moveAlong } from './randomSigns.ts';

const grey = () => tf.fill<tf.Rank.R4>([4, 28, 28, 1], 0.5);

everyBackend('drawSigns(images, seed)', () => {
  const run = (seed: number) => Array.from(drawSigns(grey(), seed).dataSync());

  it('goes up as often as down', () => {
    const signs = run(1);
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    // 1,568 of 3,136 go up, standard deviation 28: within five of them.
    expect(Math.abs(signs.filter((sign) => sign > 0).length - 1_568)).toBeLessThan(140);
  });

  it('draws the same signs for the same seed, others for another', () => {
    expect(run(1)).toEqual(run(1));
    expect(run(2)).not.toEqual(run(1));
  });

  it('refuses a bad seed', () => {
    expect(() => run(-1)).toThrow('invalid seed: -1');
  });
});

everyBackend('moveAlong(images, signs, { epsilon, clip })', () => {
  const run = (epsilon: number, clip = true) =>
    moveAlong(grey(), drawSigns(grey(), 1), { epsilon, clip }).dataSync();

  it('moves each pixel by ε', () => {
    expect(new Set(run(0.25))).toEqual(new Set([0.25, 0.75]));
  });

  it('clips to [0, 1], unless it is told not to', () => {
    expect(new Set(run(1))).toEqual(new Set([0, 1]));
    expect(new Set(run(1, false))).toEqual(new Set([-0.5, 1.5]));
  });

  it('leaves images and signs as they are and one tensor behind', () => {
    const [images, signs] = [grey(), drawSigns(grey(), 1)];
    const drawn = signs.dataSync().slice();
    const before = tf.memory().numTensors;
    moveAlong(images, signs, { epsilon: 0.25 });
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(images.dataSync().every((pixel) => pixel === 0.5)).toBe(true);
    expect(signs.dataSync()).toEqual(drawn);
  });

  it('refuses a bad ε', () => {
    expect(() => run(1.1)).toThrow('invalid epsilon: 1.1, expected a number from 0 to 1 (pixel units)');
    expect(() => run(NaN)).toThrow('invalid epsilon: NaN');
  });
});
