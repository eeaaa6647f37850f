import { beforeAll, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { forward, imageTensor } from '../networks/forward.ts';
import { predict } from '../networks/predict.ts';
import { drawnNetwork } from '../testing/networks.ts';
import { attackDigit } from './attackDigit.ts';

beforeAll(startWasmBackend);

const { integer } = createGenerator(14);
const network = drawnNetwork();
const images = Uint8Array.from({ length: 784 }, () => integer(0, 255));
const attack = (epsilon: number, alongEpsilons: number[] = []) =>
  attackDigit({ network, images, labels: Uint8Array.of(7), epsilon, steps: 5, alongEpsilons });

it('attackDigit(digit) rounds x* to bytes towards the image, at most 76 away at ε = 0.3, and predicts it again', () => {
  const { pixels, prediction } = attack(0.3).quantised;
  expect(Math.max(...pixels.map((byte, i) => Math.abs(byte - images[i]!)))).toBe(76);
  const { classifier } = forward(network);
  expect(prediction).toEqual(predict(classifier, imageTensor(Uint8Array.from(pixels)))[0]);
});

it('attackDigit(digit) says at each other ε what an attack of that ε would', () => {
  const { alongEpsilon, original } = attack(0.3, [0, 0.1, 0.3]);
  const predictions = alongEpsilon.map(({ prediction }) => prediction);
  expect(predictions).toEqual([
    original.prediction,
    ...[0.1, 0.3].map((epsilon) => attack(epsilon).path.at(-1)!.prediction),
  ]);
});
