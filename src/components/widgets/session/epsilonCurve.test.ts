import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { epsilonCurve, followEpsilon, predictionChanges } from './epsilonCurve.ts';

describe('epsilonCurve(points, label)', () => {
  it('takes the strongest class but the true one as rival, or the target, and the lowest of equal ones as prediction', () => {
    const points = [
      { epsilon: 0, probabilities: [0.1, 0.7, 0.2] },
      { epsilon: 0.1, probabilities: [0.4, 0.4, 0.2] },
      { epsilon: 0.2, probabilities: [0.2, 0.4, 0.4] },
    ];
    const curve = {
      epsilons: [0, 0.1, 0.2],
      label: [0.7, 0.4, 0.4],
      rival: [0.2, 0.4, 0.4],
      predicted: [1, 0, 1],
    };
    expect(epsilonCurve(points, 1)).toEqual(curve);
    expect(epsilonCurve(points, 1, 0)).toEqual({ ...curve, rival: [0.1, 0.4, 0.2] });
  });
});

describe('predictionChanges(curve)', () => {
  it('lists the first ε of each new prediction with the ε before', () => {
    expect(predictionChanges({ epsilons: [0, 0.1, 0.2, 0.3], predicted: [7, 3, 3, 7] })).toEqual([
      { before: 0, epsilon: 0.1, from: 7, to: 3 },
      { before: 0.2, epsilon: 0.3, from: 3, to: 7 },
    ]);
  });
});

describe('followEpsilon(engine, image, signal)', () => {
  it('reads the last step at each ε from 0 to 0.5', async () => {
    const engine = {
      run: (_: string, { epsilon }: { epsilon: number }) => {
        const step = (p: number) => ({ prediction: { probabilities: [p, 1 - p] } });
        return Promise.resolve({ result: { path: [step(1), step(1 - epsilon)] } });
      },
    } as unknown as Engine;
    const image = { pixels: new Float32Array(784), label: 0, steps: 2, clip: true };
    const { epsilons, label } = await followEpsilon(engine, image, new AbortController().signal);
    expect(epsilons).toHaveLength(51);
    expect([epsilons[0], epsilons.at(-1)]).toEqual([0, 0.5]);
    expect(label).toEqual(epsilons.map((epsilon) => 1 - epsilon));
  });
});
