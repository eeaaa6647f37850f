import { expect, it } from 'vitest';
import { answerQuestions, type Answers } from './answerQuestions.ts';
import type { Engine } from './engine.ts';

const epsilons = [0, 0.1];
const sweep = { indices: [0, 1], labels: '77', predicted: ['77', '73'], epsilons };
const example = { pixels: new Float32Array(784), label: 7, epsilon: 0.3 };
const images = new Uint8Array(2 * 784);

/** An engine that is fooled into a three at every ε but 0, and remembers what it was asked. */
function fooledEngine() {
  const asked: string[] = [];
  const run = (
    name: string,
    request: { steps: number; epsilon?: number; epsilons?: number[]; labels?: Uint8Array },
  ) => {
    asked.push(`${name} ${request.steps}`);
    const prediction = { logits: [], probabilities: [] };
    const result =
      name === 'attack'
        ? {
            label: 7,
            original: { prediction },
            path: Array.from({ length: request.steps }, () => ({ prediction })),
          }
        : {
            predicted: request.epsilons!.map((epsilon) =>
              (epsilon === 0 ? '7' : '3').repeat(request.labels!.length),
            ),
          };
    const device = { backend: 'webgl', precision: 'float32', software: false };
    return Promise.resolve({ result, device, milliseconds: 1 });
  };
  return { engine: { run } as unknown as Engine, asked };
}

it('answers with the example in each number of steps, then with the curves beside the published ones', async () => {
  const { engine, asked } = fooledEngine();
  const published = [1, 5].map((steps) => ({ ...sweep, steps }));
  const told: string[] = [];
  const grown: Answers[] = [];
  const options = {
    signal: new AbortController().signal,
    tell: (words: string) => void told.push(words),
    processor: engine,
  };
  for await (const answers of answerQuestions(engine, { example, published, images }, options))
    grown.push(answers);
  expect(asked.slice(0, 2)).toEqual(['attack 1', 'attack 5']);
  expect(grown[0]).toMatchObject({ runs: [{ path: [{}] }], curves: [], done: false });
  expect(grown.filter(({ done }) => done)).toHaveLength(1);
  expect(grown.at(-1)).toMatchObject({
    done: true,
    curves: [
      { steps: 1, epsilons, predicted: ['77', '33'], published: ['77', '73'] },
      { steps: 5, epsilons, predicted: ['77', '33'], published: ['77', '73'] },
    ],
  });
  expect(told.at(-1)).toContain('the curve of five steps · 100');
});

it('ends once it is given up', async () => {
  const { engine } = fooledEngine();
  const giveUp = new AbortController();
  const options = { signal: giveUp.signal, tell: () => undefined, processor: engine };
  const published = [{ ...sweep, steps: 1 }];
  const answers = answerQuestions(engine, { example, published, images }, options);
  await answers.next();
  giveUp.abort();
  await expect(answers.next()).rejects.toThrow('abort');
});
