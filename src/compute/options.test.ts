import { describe, expect, it } from 'vitest';
import { reportOptions, smallOptions } from './options.ts';

describe('reportOptions', () => {
  it('are what the assignment and the design ask for', () => {
    const { sweep, example, training } = reportOptions;
    expect(sweep).toEqual({ images: 1_000, epsilonCount: 21, epsilonDenominator: 40, steps: 5 });
    expect(example).toMatchObject({ label: 7, epsilon: 0.3, steps: 5 });
    expect(training).toMatchObject({ images: 55_000, validationImages: 5_000, batchSize: 128, shards: 4 });
  });

  it('train and validate on images apart, and ask for no more test images than there are', () => {
    for (const { training, defence, evaluation, sweep, targetClasses } of [reportOptions, smallOptions]) {
      for (const { images, validationImages } of [training, defence.training])
        expect(images + validationImages).toBeLessThanOrEqual(60_000);
      expect(Math.max(evaluation.images, sweep.images)).toBeLessThanOrEqual(10_000);
      expect(targetClasses.images).toBeLessThanOrEqual(sweep.images);
    }
  });

  it('split a batch evenly into shards', () => {
    for (const { training } of [reportOptions, smallOptions]) {
      expect(training.batchSize % training.shards).toBe(0);
    }
  });
});
