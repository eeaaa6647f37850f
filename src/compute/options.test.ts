import { describe, expect, it } from 'vitest';
import { optionsSchema, reportOptions, smallOptions } from './options.ts';

describe('optionsSchema', () => {
  it('fits the report’s options and the small preset', () => {
    expect(optionsSchema.parse(reportOptions)).toEqual(reportOptions);
    expect(optionsSchema.parse(smallOptions)).toEqual(smallOptions);
  });

  it.each([
    ['an unknown option', { ...reportOptions, colour: 'red' }, /colour/],
    ['an ε above 1', { ...reportOptions, fooledClasses: { epsilon: 1.5 } }, /epsilon/],
    ['no steps', { ...reportOptions, sweep: { ...reportOptions.sweep, steps: 0 } }, /steps/],
    [
      'a seed that is no integer',
      { ...reportOptions, seeds: { ...reportOptions.seeds, training: 0.5 } },
      /training/,
    ],
    ['images that do not exist', { ...reportOptions, evaluation: { images: 10_001 } }, /10000/],
  ])('refuses %s', (_, options, message) => {
    expect(() => optionsSchema.parse(options)).toThrow(message);
  });
});

describe('reportOptions', () => {
  it('are what the assignment and the design ask for', () => {
    const { sweep, example, training } = reportOptions;
    expect(sweep).toEqual({ images: 1_000, epsilonCount: 21, epsilonDenominator: 40, steps: 5 });
    expect(example).toMatchObject({ label: 7, epsilon: 0.3, steps: 5 });
    expect(training).toMatchObject({ images: 55_000, validationImages: 5_000, batchSize: 128, shards: 4 });
  });

  it('split a batch evenly into shards', () => {
    for (const { training } of [reportOptions, smallOptions]) {
      expect(training.batchSize % training.shards).toBe(0);
    }
  });
});
