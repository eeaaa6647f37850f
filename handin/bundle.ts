// What is handed in, as bytes by name: the same for the same results, whenever and wherever it is made.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { mnistFolder } from '../src/compute/data/mnist.ts';
import { weightsFromBytes } from '../src/compute/networks/modelFiles.ts';
import { weightSpecs } from '../src/compute/networks/layers.ts';
import { mnistCnn } from '../src/compute/networks/mnistCnn.ts';
import { modelPaths } from '../src/compute/results/files.ts';
import { readResult } from '../src/compute/results/readResult.ts';
import { buildInfo } from '../src/site/buildInfo.ts';
import { readme } from './contents.ts';
import { handInFigures } from './figures.ts';
import { npz } from './npz.ts';
import { renderPng } from './renderPng.ts';
import { accuracyCsv, indicesCsv, predictionsCsv, reportNumbers, type Answers } from './reportNumbers.ts';

const testFiles = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];

/**
 * All files of the bundle but the printed report.
 *
 * @param root folder that holds `results/` and `models/`
 * @throws if a result, the weights or MNIST is missing or does not fit, with the way out
 */
export async function handInBundle({ root = 'public' } = {}): Promise<Record<string, Uint8Array>> {
  const [fgsmExample, fgsmCurve, iterativeExample, iterativeCurve] = await Promise.all([
    readResult('fgsm-example', { root }),
    readResult('fgsm-curve', { root }),
    readResult('iterative-example', { root }),
    readResult('iterative-curve', { root }),
  ]);
  const answers: Answers = { fgsmExample, fgsmCurve, iterativeExample, iterativeCurve };
  const weights = await readFile(join(root, modelPaths.weights));
  const { version, hash } = buildInfo();

  const files: Record<string, string | Uint8Array> = {
    'problem1.py': await own('problem1.py'),
    'requirements.txt': await own('requirements.txt'),
    'README.txt': readme(),
    'report.json': `${JSON.stringify(reportNumbers(answers, weights, `${version} ${hash}`), null, 1)}\n`,
    'prediction-vectors.csv': predictionsCsv(answers),
    'accuracy.csv': accuracyCsv(answers),
    'indices.csv': indicesCsv(answers),
    'weights.npz': weightsNpz(weights),
  };
  for (const [name, svg] of Object.entries(await handInFigures(answers, root))) {
    files[`${name}.svg`] = svg;
    files[`${name}.png`] = await renderPng(svg);
  }
  for (const name of testFiles) {
    files[`${name}.gz`] = gzipSync(await readFile(join(mnistFolder(), name)), { mtime: 0, level: 6 });
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => [
      name,
      typeof content === 'string' ? Buffer.from(content) : content,
    ]),
  );
}

/** The published weight file as arrays by name, in numpy's format. */
export function weightsNpz(bytes: Uint8Array): Uint8Array {
  const weights = weightsFromBytes(mnistCnn.layers, bytes);
  return npz(
    Object.fromEntries(
      weightSpecs(mnistCnn.layers).map(({ name, shape }, i) => [name, { shape, values: weights[i]! }]),
    ),
  );
}

function own(name: string): Promise<Uint8Array> {
  return readFile(new URL(name, import.meta.url));
}
