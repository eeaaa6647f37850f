import { describe, expect, it } from 'vitest';
import { accuracies, compareCurves, runCurve, type CurveProgress } from './curveRun.ts';
import { nearest } from '../ui/curveDrawing.ts';
import type { Engine } from './engine.ts';
import { flipsBetween } from './flipsBetween.ts';

/** An engine that reads every image as a one, in a time that the test sets. */
function engineThatTakes(milliseconds: number) {
  const sizes: number[] = [];
  const engine = {
    run: (_name: string, { labels, epsilons }: { labels: Uint8Array; epsilons: number[] }) => {
      sizes.push(labels.length);
      return Promise.resolve({
        result: { predicted: epsilons.map(() => '1'.repeat(labels.length)) },
        milliseconds,
        tensors: 8,
        device: { backend: 'webgl', precision: 'float32', software: false },
      });
    },
  } as unknown as Engine;
  return { engine, sizes };
}

const labels = '1'.repeat(125) + '0'.repeat(125);
const curve = { images: new Uint8Array(250 * 784), labels, epsilons: [0, 0.1, 0.2], steps: 1 };

describe('runCurve(engine, case, key, wanted, onProgress)', () => {
  it('predicts every image at every ε and ends at a share of 1', async () => {
    const seen: CurveProgress[] = [];
    const { engine, sizes } = engineThatTakes(500);
    await runCurve(
      engine,
      curve,
      'q2',
      () => true,
      (progress) => seen.push(progress),
    );
    expect(sizes.every((size) => size === 10)).toBe(true);
    expect(seen.at(-1)!.share).toBe(1);
    expect(seen.at(-1)!.predicted).toEqual(['1'.repeat(250), '1'.repeat(250), '1'.repeat(250)]);
    expect(accuracies(labels, seen.at(-1)!.predicted)).toEqual([0.5, 0.5, 0.5]);
  });

  it('takes larger slices on a fast device', async () => {
    const { engine, sizes } = engineThatTakes(5);
    await runCurve(
      engine,
      curve,
      'q2',
      () => true,
      () => {},
    );
    expect(sizes).toEqual([10, 100, 100, 40]);
  });

  it('stops as soon as nobody wants it any more', async () => {
    let asked = 0;
    const { engine, sizes } = engineThatTakes(500);
    await runCurve(
      engine,
      { ...curve, steps: 5 },
      'q4',
      () => ++asked < 4,
      () => {},
    );
    expect(sizes).toHaveLength(2);
  });
});

describe('compareCurves(labels, stored, here)', () => {
  it('gives the largest difference of an accuracy and counts the predictions that differ', () => {
    expect(compareCurves('01', ['01', '00'], ['01', '11'])).toEqual({
      largest: 0,
      differing: 2,
      predictions: 4,
    });
    expect(compareCurves('01', ['01', '01'], ['01', '11'])).toEqual({
      largest: 0.5,
      differing: 1,
      predictions: 4,
    });
  });
});

describe('flipsBetween(predicted, at)', () => {
  it('lists the images whose label changes, and none before the first ε', () => {
    expect(flipsBetween(['700', '730'], 1)).toEqual([{ place: 1, from: '0', to: '3' }]);
    expect(flipsBetween(['700', '730'], 0)).toEqual([]);
    expect(flipsBetween(['700'], 5)).toEqual([]);
  });
});

describe('nearest(values, wanted)', () => {
  it('is the place of the closest value', () => {
    expect(nearest([0, 0.1, 0.2], 0.14)).toBe(1);
    expect(nearest([0, 0.1, 0.2], 9)).toBe(2);
  });
});
