import { beforeAll, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { createGenerator } from '../data/generator.ts';
import { forward, imageTensor, predict } from '../networks/forward.ts';
import { expectAllClose } from '../testing/expectAllClose.ts';
import { drawnNetwork } from '../testing/networks.ts';
import { attackDigit } from './attackDigits.ts';

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

it('attackDigit(digit) stores signs that lead from the image to each x_t, and what the network says of it', () => {
  const { original, path } = attack(0.3);
  const { classifier } = forward(network);
  let x = original.image;
  expect(path).toHaveLength(5);
  for (const { signs, perturbed, prediction } of path) {
    const moved = x.map(
      (value, i) => value + 0.06 * { '-': -1, '0': 0, '+': 1 }[signs[i] as '-' | '0' | '+'],
    );
    const [least, most] = [-0.3, 0.3].map((by) => original.image.map((value) => value + by));
    x = moved.map((value, i) => Math.min(1, Math.max(0, Math.min(most![i]!, Math.max(least![i]!, value)))));
    expectAllClose(perturbed, x, 1e-6);
    expect(prediction).toEqual(predict(classifier, imageTensor(Float32Array.from(perturbed)))[0]);
  }
});

it('attackDigit(digit) says at each other ε what an attack of that ε would', () => {
  const { alongEpsilon, original } = attack(0.3, [0, 0.1, 0.3]);
  const predictions = alongEpsilon.map(({ prediction }) => prediction);
  expect(predictions).toEqual([
    original.prediction,
    ...[0.1, 0.3].map((epsilon) => attack(epsilon).path.at(-1)!.prediction),
  ]);
});
