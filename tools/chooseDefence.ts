// Trains the network against the attack with each of the candidates and records what they come to on the validation images:
// `node tools/chooseDefence.ts` after `npm run compute`, some minutes. The report shows the record; tests hold the options to
// the rule and the published weights to the record.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { createThreadPool } from '../src/compute/build/workerPool.ts';
import { trainingDigits, trainOn } from '../src/compute/experiments/train.ts';
import { readModel, weightsToBytes } from '../src/compute/networks/modelFiles.ts';
import { reportOptions } from '../src/compute/options.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import { sha256 } from '../src/compute/sha256.ts';
import { candidateEpsilons } from '../src/report/defenceChoice.ts';

const { seeds, defence } = reportOptions;
const digits = await trainingDigits(defence.training);
const model = await readFile(`public/${modelPaths.json}`, 'utf8');
const { weights: initial } = readModel(model, await readFile(`public/${modelPaths.weights}`));
const pool = createThreadPool();
const progress = { start: () => undefined, tick: () => undefined };
const candidates = await Promise.all(
  candidateEpsilons.map(async (epsilon) => {
    const { weights, epochs } = await trainOn({ run: pool.run, progress }, digits, {
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
