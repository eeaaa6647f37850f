// Trains the network against the attack with each of the candidates and records what they come to on the validation images:
// `node tools/chooseDefence.ts` after `npm run compute`, some minutes. The report shows the record; tests hold the options to
// the rule and the published weights to the record.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { createThreadPool } from '../src/compute/build/workerPool.ts';
import { loadTrainingMemory, trainOn } from '../src/compute/experiments/train.ts';
import { mnistCnn } from '../src/compute/networks/mnistCnn.ts';
import { readModel, weightsToBytes } from '../src/compute/networks/modelFiles.ts';
import { createTrainingMemory } from '../src/compute/networks/train/trainingMemory.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import { sha256 } from '../src/compute/sha256.ts';
import { candidateEpsilons } from '../src/report/defenceChoice.ts';

const { seeds, defence } = reportOptions;
const { images, labels } = await loadTrainingMemory(defence.training);
const model = await readFile(`public/${modelPaths.json}`, 'utf8');
const { weights: initial } = readModel(model, await readFile(`public/${modelPaths.weights}`), {
  kind: 'trained',
});
const pool = createThreadPool({ backend: 'wasm' });
const progress = { start: () => undefined, tick: () => undefined };
const candidates = await Promise.all(
  candidateEpsilons.map(async (epsilon) => {
    const memory = createTrainingMemory(mnistCnn.layers, images, labels, defence.training);
    const { weights, epochs } = await trainOn({ workers: 1, run: pool.run, progress }, memory, {
      ...defence,
      seeds,
      initial,
      adversary: { ...defence.adversary, epsilon },
    });
    const { validationAccuracy: clean, fgsmAccuracy: fgsm, pgdAccuracy: pgd } = epochs.at(-1)!;
    return { epsilon, clean, fgsm, pgd, weights: sha256(weightsToBytes(weights)).slice(0, 16) };
  }),
);
await pool.close();
const path = 'src/report/defenceChoice.json';
await writeFile(
  path,
  await format(JSON.stringify(candidates), { parser: 'json', ...(await resolveConfig(path)) }),
);
console.table(candidates);
