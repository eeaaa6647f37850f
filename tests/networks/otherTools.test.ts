// Networks that other tools made and wrote, read by the project and attacked: against those tools' own float64 arithmetic.
// python/ has the scripts that made them; the fixtures are the files of those tools as they wrote them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmBackend } from '../../src/compute/backend/wasm/startWasmBackend.ts';
import { loadMnist, selectDigits } from '../../src/compute/data/mnist.ts';
import { slices } from '../../src/compute/experiments/digits.ts';
import { sweepSlice } from '../../src/compute/experiments/sweepSlice.ts';
import { forward, imageTensor, predictLabels } from '../../src/compute/networks/forward.ts';
import {
  bestUnits,
  inputUnitNames,
  withUnits,
  type UnitAccuracies,
} from '../../src/compute/networks/import/inputUnits.ts';
import { readNetwork } from '../../src/compute/networks/import/readNetwork.ts';
import type { Network } from '../../src/compute/networks/layers.ts';
import { createReference } from '../../src/compute/networks/referenceGradient.ts';

const folder = join(import.meta.dirname, 'fixtures');
/** Two of them are what the lab offers to try. */
const samples = join(import.meta.dirname, '../../samples');

interface Expected {
  epsilons: number[];
  fgsm: number[];
  iterative: number[];
  logits: number[][];
}

const networks = [
  { name: 'stax', from: 'a stax convnet with max pooling', units: '0..1' },
  { name: 'torch-lenet.onnx', from: 'a PyTorch LeNet with normalised input', units: 'mnist' },
  { name: 'torch-dense.onnx', from: 'a dense PyTorch network', units: '-1..1' },
  { name: 'torch-channel-first.onnx', from: 'a channel-first ONNX export of PyTorch', units: '0..1' },
  { name: 'keras', from: 'a Keras 3 convnet with batch normalisation and dropout', units: '0..1' },
  { name: 'tfjs-converted', from: 'a functional Keras 2 model after the tfjs converter', units: '0..255' },
];

const read = (name: string) => {
  const path = [folder, samples].map((place) => join(place, name)).find((one) => existsSync(one))!;
  const paths = name.endsWith('.onnx') ? [path] : readdirSync(path).map((file) => join(path, file));
  const files = paths.map((file) => ({ name: basename(file), bytes: new Uint8Array(readFileSync(file)) }));
  return readNetwork(files);
};

beforeAll(startWasmBackend);

describe.each(networks)('$from', ({ name, units }) => {
  const expected = JSON.parse(
    readFileSync(join(folder, `${name.replace('.onnx', '')}.json`), 'utf8'),
  ) as Expected;
  let network: Network;
  let digits: { images: Uint8Array; labels: Uint8Array };

  beforeAll(async () => {
    digits = selectDigits(
      await loadMnist('test'),
      Array.from({ length: 1_000 }, (_, i) => i),
    );
    const { network: found } = await read(name);
    const correct = (candidate: Network) => {
      const model = forward(candidate);
      const x = imageTensor(digits.images);
      const predicted = predictLabels(model.classifier, x);
      model.dispose();
      x.dispose();
      return predicted.filter((digit, i) => digit === digits.labels[i]).length / digits.labels.length;
    };
    const accuracies = inputUnitNames.map((one) => [one, correct(withUnits(found, one))]);
    expect(bestUnits(Object.fromEntries(accuracies) as UnitAccuracies)).toBe(units);
    network = withUnits(found, units as (typeof inputUnitNames)[number]);
  });

  it('has the logits of the tool that made it, to 1e-5', () => {
    const reference = createReference(network);
    expected.logits.forEach((logits, i) => {
      const image = Array.from(digits.images.subarray(784 * i, 784 * (i + 1)), (byte) => byte / 255);
      const scale = Math.max(...logits.map(Math.abs));
      reference(image, 0).logits.forEach((z, j) =>
        expect(Math.abs(z - logits[j]!) / scale).toBeLessThan(1e-5),
      );
    });
  });

  it('has its accuracy on 1,000 images, and within 0.003 its accuracy under attack at every ε', () => {
    for (const [kind, steps] of [
      ['fgsm', 1],
      ['iterative', 5],
    ] as const) {
      const { epsilons } = expected;
      const hits = epsilons.map(() => 0);
      for (const { images, labels } of slices(digits)) {
        const { classifier, dispose } = forward(network);
        const x = imageTensor(images);
        const y = tf.tensor1d(Int32Array.from(labels), 'int32');
        const { predicted } = sweepSlice(classifier, x, y, { epsilons, steps, clip: true, loss: 'margin' });
        predicted.forEach(
          (row, i) => (hits[i]! += [...row].filter((digit, k) => digit === String(labels[k])).length),
        );
        dispose();
        tf.dispose([x, y]);
      }
      expect(hits[0]! / digits.labels.length).toBe(expected[kind][0]);
      const found = hits.map((hit) => hit / digits.labels.length);
      found.forEach((accuracy, i) =>
        expect(
          Math.round(1_000 * Math.abs(accuracy - expected[kind][i]!)),
          `ε = ${epsilons[i]}`,
        ).toBeLessThanOrEqual(3),
      );
    }
  });
});
