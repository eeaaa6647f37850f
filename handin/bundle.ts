// What is handed in, as bytes by name: the same for the same results, whenever and wherever it is made.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { csv } from '../src/components/figures/figure.ts';
import { loadFigure } from '../src/components/figures/figures.ts';
import { mnistFolder } from '../src/compute/data/mnist.ts';
import { weightsToBytes } from '../src/compute/networks/modelFiles.ts';
import { weightSpecs, type Network } from '../src/compute/networks/layers.ts';
import { resultsRoot } from '../src/compute/results/root.ts';
import { ARCHIVE, handInContents } from '../src/report/handInFiles.ts';
import { reportResults } from '../src/report/reportResults.ts';
import { buildInfo, site } from '../src/site/site.config.ts';
import { importedNetwork, publishedNetwork } from '../src/compute/experiments/publishedNetwork.ts';
import { withPythonNetwork } from './pythonNetwork.ts';
import { indicesCsv, predictionsCsv, reportNumbers } from './reportNumbers.ts';
import { npz } from './zip.ts';

const testFiles = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'];

/**
 * All files of the bundle that take no Python to make.
 *
 * @param root folder that holds `results/` and `models/`
 * @throws if a result, the weights or MNIST is missing or does not fit, with the way out
 */
export async function handInBundle({ root = resultsRoot } = {}): Promise<Record<string, Uint8Array>> {
  const results = await reportResults({ root });
  const accuracies = await loadFigure('iterative-curve', { root });
  const network = await publishedNetwork({ root });
  const imported = await importedNetwork({ root });
  const weights = weightsToBytes(network.weights);
  const { version, hash } = buildInfo({ root });
  const numbers = reportNumbers(results, weights, `${version} ${hash}`);
  return {
    'problem1.py': imported
      ? Buffer.from(withPythonNetwork(String(await own('problem1.py')), network.layers, imported.file))
      : await own('problem1.py'),
    'requirements.txt': await own('requirements.txt'),
    'README.txt': Buffer.from(readme()),
    'report.json': Buffer.from(`${JSON.stringify(numbers)}\n`),
    'prediction-vectors.csv': Buffer.from(predictionsCsv(results)),
    'accuracy.csv': Buffer.from(csv(accuracies.values)),
    'indices.csv': Buffer.from(indicesCsv(results)),
    'weights.npz': weightsNpz(network),
    ...Object.fromEntries(
      await Promise.all(testFiles.map(async (name) => [`${name}.gz`, await gzipped(name)] as const)),
    ),
  };
}

/** The published weights as arrays by name, in numpy's format. */
export function weightsNpz({ layers, weights }: Network): Uint8Array {
  return npz(
    Object.fromEntries(
      weightSpecs(layers).map(({ name, shape }, i) => [name, { shape, values: weights[i]! }]),
    ),
  );
}

function own(name: string): Promise<Buffer> {
  return readFile(new URL(name, import.meta.url));
}

async function gzipped(name: string): Promise<Uint8Array> {
  return gzipSync(await readFile(join(mnistFolder(), name)), { mtime: 0, level: 6 });
}

/** Text of the bundle's README. */
export function readme(): string {
  const names = Object.keys(handInContents).filter((name) => name !== ARCHIVE);
  const width = Math.max(...names.map((name) => name.length));
  return `${site.title}: what is handed in.

${names.map((name) => `  ${name.padEnd(width)}  ${handInContents[name]!}`).join('\n')}

The printed report, the notebook and the pictures are there if Python was at hand when the bundle was made. To run the
script (Python 3.10 or later), offline but for the first line:

  python -m pip install -r requirements.txt
  python problem1.py

It prints the answers to the four questions, writes its pictures and agreement.json to the folder output/, and takes
a minute on two cores.
`;
}
