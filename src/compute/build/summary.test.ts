import { describe, expect, test } from 'vitest';
import { thisPlatform } from './resultsLock.ts';
import { irreproducible, summary, type ComputeReport } from './summary.ts';

const headline = {
  accuracy: { clean: 0.9931, fgsm: 0.001, iterative: 0 },
  epsilon: 0.3,
  example: { image: 0, label: 7, clean: 7, fgsm: 3, iterative: 7 },
};

const lock = {
  expected: {
    backend: 'wasm',
    platforms: [thisPlatform()],
    headline,
    files: { a: { sha256: 'a' }, b: { sha256: 'b' } },
  },
  differences: { files: [], unexplained: [] as string[], headline: [], accuracy: 0, sameBackend: true },
  written: false,
};

const report: ComputeReport = {
  root: '/home/me/report/public',
  backend: { name: 'wasm', identity: 'wasm-simd 4.22.0', device: 'CPU' },
  workers: 2,
  seconds: 75,
  stages: [
    { name: 'train', state: 'stale', reason: 'stale (options changed)', seconds: 71.6, bytes: 105_472 },
    { name: 'fgsm-curve', state: 'fresh', seconds: 0, bytes: 4_000 },
  ],
  notices: ['This machine has an NVIDIA device that is not used.'],
  headline,
  lock,
};

describe('summary(report)', () => {
  test('says what was computed, where, how long it took, what came out and whether it is as before', () => {
    expect(summary(report)).toEqual([
      '',
      '  train       stale     1 min 12 s    103 KiB  options changed',
      '  fgsm-curve  fresh              –      4 KiB',
      '',
      'Computed 1 of 2 stages in 1 min 15 s with 2 workers.',
      'Backend: wasm-simd 4.22.0, on CPU.',
      'Accuracy: 0.9931 clean; at epsilon 0.3: 0.001 FGSM, 0 iterative FGSM.',
      'Test image 0, a 7: predicted as 7, after FGSM as 3, after iterative FGSM as 7.',
      'Reproduced bit for bit: all 2 files are those of results.lock.json.',
      'This machine has an NVIDIA device that is not used.',
      'Results: /home/me/report/public',
    ]);
  });

  test('says that there was nothing to compute', () => {
    const stages = report.stages.map((stage) => ({ ...stage, state: 'fresh' as const, seconds: 0 }));
    expect(summary({ ...report, stages })).toContain('Nothing to compute: all 2 stages are fresh.');
  });

  test('says which file differs from the lock, in what, and whether the accuracies agree', () => {
    const files = [{ path: 'results/fgsm-curve.json', what: 'clipped' }];
    const differ = (accuracy: number, platforms = [thisPlatform()], sameBackend = true) =>
      summary({
        ...report,
        lock: {
          ...lock,
          expected: { ...lock.expected, platforms },
          differences: { files, unexplained: [], headline: ['x'], accuracy, sameBackend },
        },
      });
    expect(differ(0.001)).toEqual(
      expect.arrayContaining([
        'Not reproduced bit for bit: 1 files differ from results.lock.json.',
        '  results/fgsm-curve.json: clipped',
        '  x',
        'Its accuracies agree within 0.003.',
      ]),
    );
    expect(differ(0.01)).toContain('Its accuracies differ by up to 0.0100, more than 0.003.');
    expect(differ(0.001, ['elsewhere'])).toContain(
      `The lock was verified on elsewhere, not on this ${thisPlatform()}.`,
    );
    const other = `The lock was computed by another backend, ${lock.expected.backend}.`;
    expect(differ(0.001)).not.toContain(other);
    expect(differ(0.001, [thisPlatform()], false)).toContain(other);
  });
});

describe('irreproducible(report)', () => {
  const differing = { ...lock.differences, unexplained: ['results/training.json'] };
  const of = (change: object) => irreproducible({ lock: { ...lock, differences: differing, ...change } });

  test('holds where a result differs unexplained, on a platform and the backend of the lock', () => {
    expect(of({})).toBe(true);
    expect(of({ differences: lock.differences })).toBe(false);
    expect(of({ differences: { ...differing, sameBackend: false } })).toBe(false);
    expect(of({ expected: { ...lock.expected, platforms: ['elsewhere'] } })).toBe(false);
    expect(of({ written: true })).toBe(false);
    expect(irreproducible({})).toBe(false);
  });

  test('is said in the summary', () => {
    const text = summary({ ...report, lock: { ...lock, differences: differing } }).join('\n');
    expect(text).toContain('Nothing explains it for results/training.json');
  });
});
