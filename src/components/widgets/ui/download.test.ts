import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import type { Answers } from '../session/answerQuestions.ts';
import { isPicture, type AttackResult } from '../session/view.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import { answersCsv, answersJson, pictureFile, vectorsFile } from './download.ts';

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

const reading = (label: number) => ({ prediction: { probabilities: [label], logits: [label] } });
// The second curve has got as far as its first image.
const answers = {
  runs: [1, 5].map((steps) => ({
    original: reading(7),
    path: Array.from({ length: steps }, () => reading(3)),
  })),
  curves: [
    { steps: 1, epsilons: [0, 0.1], labels: '77', predicted: ['77', '73'], published: ['77', '77'] },
    { steps: 5, epsilons: [0, 0.1], labels: '77', predicted: ['7', '3'], published: ['77', '33'] },
  ],
  device: { backend: 'webgl', precision: 'float32', software: false },
  done: false,
} as unknown as Answers;

it('answersCsv(answers) has the accuracy of the images that are done, beside the report’s', async () => {
  expect(await answersCsv(answers).text()).toBe(
    'epsilon,one step,one step (report),five steps,five steps (report)\n0,1,1,1,1\n0.1,0.5,1,0,0\n',
  );
});

it('answersJson(answers, network) says whose answers they are, and on what they rest', async () => {
  const network = {
    description: { sha256: 'ab', layers: [], notes: [], multiplications: 9 },
    units: 'mnist',
    view: { network: { name: '"mine".onnx' }, result: { image: 0, label: 7, epsilon: 0.3 } },
  } as unknown as OpenedNetwork;
  const written = JSON.parse(await answersJson(answers, network).text()) as { network: object };
  expect(written.network).toEqual({
    name: '"mine".onnx',
    sha256: 'ab',
    layers: [],
    notes: [],
    units: 'mnist',
  });
  expect(written).toMatchObject({
    example: { image: 0, label: 7, original: { probabilities: [7] }, attacks: [{ steps: 1 }, { steps: 5 }] },
    curves: [{ accuracy: [1, 0.5] }, { predicted: ['7', '3'], accuracy: [1, 0] }],
  });
});

it('vectorsFile(result, network) says whose vectors they are', async () => {
  const { original } = answers.runs[0]!;
  const result = { ...resultOf(), path: [], pixels: new Float32Array(784), original } as AttackResult;
  const network = { name: 'mine.onnx', units: 'mnist', sha256: 'ab' } as const;
  const vectors = JSON.parse(await vectorsFile(result, network).text()) as { network: object };
  expect(vectors.network).toEqual({ name: 'mine.onnx', sha256: 'ab', units: 'mnist' });
});
