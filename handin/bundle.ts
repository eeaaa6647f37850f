// What is handed in, as bytes by name: the same for the same results, whenever and wherever it is made.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { csv } from '../src/components/figures/figure.ts';
import { loadFigure } from '../src/components/figures/figures.ts';
import { mnistFolder } from '../src/compute/data/mnist.ts';
import { weightsToBytes } from '../src/compute/networks/modelFiles.ts';
import { weightSpecs, type Network } from '../src/compute/networks/layers.ts';
import { curve } from '../src/compute/results/curve.ts';
import { resultsRoot } from '../src/compute/results/root.ts';
import type { Sweep } from '../src/compute/results/schemas.ts';
import { sha256 } from '../src/compute/sha256.ts';
import { ARCHIVE, handInContents } from '../src/report/handInFiles.ts';
import { reportResults, type OwnResults } from '../src/report/reportResults.ts';
import { buildInfo, site } from '../src/site/site.config.ts';
import { importedNetwork, publishedNetwork } from '../src/compute/experiments/publishedNetwork.ts';
import { withPythonNetwork } from './pythonNetwork.ts';
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

/**
 * Content of `report.json`: what problem1.py compares its own numbers with, and the test images that it takes for questions 2 and 4.
 *
 * @param weights the published weight file, whose SHA-256 says of which network the numbers are
 */
export function reportNumbers(answers: OwnResults, weights: Uint8Array, build: string) {
  const {
    'fgsm-example': one,
    'iterative-example': several,
    'fgsm-curve': { clipped },
  } = answers;
  const accuracies = (sweep: Sweep) => curve(sweep).map(({ accuracy }) => accuracy);
  return {
    build,
    weightsSha256: sha256(weights),
    image: one.index,
    label: one.label,
    epsilon: one.epsilon,
    steps: several.steps,
    prediction: {
      x: one.original.prediction.probabilities,
      fgsm: one.path.at(-1)!.prediction.probabilities,
      iterative: several.path.at(-1)!.prediction.probabilities,
    },
    epsilons: clipped.epsilons,
    accuracy: { fgsm: accuracies(clipped), iterative: accuracies(answers['iterative-curve'].clipped) },
    indices: clipped.indices,
  };
}

/** Logits and probabilities of x and of both x*, a row for each class. */
export function predictionsCsv({ 'fgsm-example': one, 'iterative-example': several }: OwnResults): string {
  const vectors = {
    original: one.original.prediction,
    fgsm: one.path.at(-1)!.prediction,
    iterative: several.path.at(-1)!.prediction,
  };
  return csv({
    header: ['class', ...Object.keys(vectors).flatMap((name) => [`${name}_logit`, `${name}_probability`])],
    rows: vectors.original.logits.map((_, digit) => [
      digit,
      ...Object.values(vectors).flatMap(({ logits, probabilities }) => [
        logits[digit]!,
        probabilities[digit]!,
      ]),
    ]),
  });
}

/** The 1,000 test images: index and true class. */
export function indicesCsv({ 'fgsm-curve': { clipped } }: OwnResults): string {
  return csv({
    header: ['index', 'label'],
    rows: clipped.indices.map((index, i) => [index, Number(clipped.labels[i])]),
  });
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
