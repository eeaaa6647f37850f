import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { followEpsilon } from './fillIn.ts';

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
