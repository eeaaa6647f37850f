import { expect, it } from 'vitest';
import type { Answers } from '../session/answerQuestions.ts';
import type { OpenedNetwork } from '../session/openNetwork.ts';
import { answersCsv, answersJson } from './answersFile.ts';

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

it('answersCsv(answers) has the accuracy of the images that are done, beside the report’s', () => {
  expect(answersCsv(answers)).toBe(
    'epsilon,one step,one step (report),five steps,five steps (report)\n0,1,1,1,1\n0.1,0.5,1,0,0\n',
  );
});

it('answersJson(answers, network) says whose answers they are, and on what they rest', () => {
  const network = {
    description: { sha256: 'ab', layers: [], notes: [] },
    units: 'mnist',
    view: { network: { name: '"mine".onnx' }, result: { image: 0, label: 7, epsilon: 0.3 } },
  } as unknown as OpenedNetwork;
  expect(JSON.parse(answersJson(answers, network))).toMatchObject({
    network: { name: '"mine".onnx', sha256: 'ab', units: 'mnist' },
    example: { image: 0, label: 7, original: { probabilities: [7] }, attacks: [{ steps: 1 }, { steps: 5 }] },
    curves: [{ accuracy: [1, 0.5] }, { predicted: ['7', '3'], accuracy: [1, 0] }],
  });
});
