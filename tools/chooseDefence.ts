// Trains the network against the attack with several largest ε and records what each comes to on the validation images:
// `node tools/chooseDefence.ts`, some minutes. The page shows the record, and a test holds the options to it.
import { readFile, writeFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { pgd } from '../src/compute/attacks/pgd.ts';
import { startBackend } from '../src/compute/backend/startBackend.ts';
import { createThreadPool } from '../src/compute/build/workerPool.ts';
import { loadTrainingMemory, trainNetwork } from '../src/compute/experiments/train.ts';
import { mnistCnn } from '../src/compute/networks/mnistCnn.ts';
import { readModel } from '../src/compute/networks/modelFiles.ts';
import { createBarrier } from '../src/compute/networks/train/barrier.ts';
import { createTrainingMemory } from '../src/compute/networks/train/trainingMemory.ts';
import { validate } from '../src/compute/networks/train/validate.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';

const { seeds, defence, worstCase } = reportOptions;
const record = { images: 1_000, steps: 20, epsilons: worstCase.epsilons };
const candidates = [0.1, 0.2, 0.3];

await startBackend('wasm');
const { layers } = mnistCnn;
const shared = await loadTrainingMemory(defence.training);
const initial = readModel(
  await readFile(`public/${modelPaths.json}`, 'utf8'),
  await readFile(`public/${modelPaths.weights}`),
  { kind: 'trained' },
).weights;
const pool = createThreadPool({ backend: 'wasm' });
const tried = await Promise.all(
  candidates.map(async (epsilon) => {
    const memory = createTrainingMemory(layers, shared.images, shared.labels, defence.training);
    const options = { seeds, initial, ...defence, adversary: { ...defence.adversary, epsilon } };
    const barrier = createBarrier(1);
    const { weights, epochs } = await pool.run(trainNetwork, { layers, memory, options, worker: 0, barrier });
    const validation = { images: defence.training.images, validationImages: record.images };
    const attacked = record.epsilons.map(
      (budget) =>
        validate(
          memory,
          { layers, weights },
          validation,
          () => true,
          () => undefined,
          (classifier, x, labels, slice) =>
            tf.tidy(() => {
              const y = tf.tensor1d(Int32Array.from(labels), 'int32');
              return pgd(classifier, x, y, { epsilon: budget, steps: record.steps, seed: slice });
            }),
        ).accuracy,
    );
    return { epsilon, clean: epochs.at(-1)!.validationAccuracy, attacked };
  }),
);
await pool.close();
const text = JSON.stringify({ ...record, candidates: tried }, null, 2);
await writeFile('src/report/defenceChoice.json', `${text}\n`);
console.log(text);
