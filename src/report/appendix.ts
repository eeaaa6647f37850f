// What stands at the end of the report: where everything comes from and what there is to take away.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytes, shortHash } from '../components/format.ts';
import { mnistFiles } from '../compute/data/mnist.ts';
import { modelPaths, resultPath } from '../compute/results/files.ts';
import { readResult } from '../compute/results/readResult.ts';
import { resultsRoot } from '../compute/results/root.ts';
import { buildInfo } from '../site/site.config.ts';
import { importedFile } from './provenance.ts';
import { ARCHIVE, handInFiles, REPORT_PDF } from './handInFiles.ts';

/** Files of the hand-in bundle that stand first; the others stand in a fold. */
const first: readonly string[] = [ARCHIVE, REPORT_PDF, 'problem1.py', 'problem1.ipynb'];

/** What the appendix lists: terms with what they are, as HTML; files with format and size, those of `parts` in a fold. */
export async function appendix() {
  const { provenance } = await readResult('fgsm-curve');
  const { hash, version } = buildInfo();
  const weights = provenance.inputs[modelPaths.weights]!;
  const bundled = handInFiles().map(({ name, href, bytes: size }) => ({
    href,
    label: name,
    note: bytes(size),
  }));
  const mono = (text: string) => `<code>${text}</code>`;
  const name = (await importedFile())?.replaceAll('&', '&amp;').replaceAll('<', '&lt;') ?? 'mnist-cnn';
  return {
    provenance: [
      { term: 'Build', html: `${mono(hash)}, version ${version}, reproducible from a clean checkout` },
      { term: 'Network', html: `${name}, ${mono(`sha256 ${shortHash(weights)}`)}` },
      {
        term: 'Test images',
        html: `MNIST test set, ${mono(`sha256 ${shortHash(mnistFiles['t10k-images-idx3-ubyte'])}`)}`,
      },
      { term: 'Backend', html: `${provenance.backend.identity}, on ${provenance.backend.device}` },
    ],
    downloads: [
      ...bundled.filter(({ label }) => first.includes(label)),
      await download(resultPath('fgsm-example'), 'Question 1, example'),
      await download(resultPath('fgsm-curve'), 'Question 2, predictions'),
      await download(resultPath('iterative-example'), 'Question 3, example'),
      await download(resultPath('iterative-curve'), 'Question 4, predictions'),
      await download(modelPaths.json, 'Network, topology'),
      await download(modelPaths.weights, 'Network, weights'),
    ],
    parts: bundled.filter(({ label }) => !first.includes(label)),
  };
}

async function download(path: string, label: string) {
  const { size } = await stat(join(resultsRoot, path));
  const format = path.split('.').pop()!.toUpperCase();
  return { href: path, label, note: `${format}, ${bytes(size)}` };
}

/** The notices and licences of all that the site ships, one after another. */
export async function licences(): Promise<string> {
  const fonts = ['source-serif-4', 'source-code-pro'].map((name) => `@fontsource/${name}`);
  const packages = [...fonts, '@fontsource-variable/source-sans-3'];
  const files = ['NOTICE', 'LICENSE', ...packages.map((name) => `node_modules/${name}/LICENSE`)];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.map((text) => `${text.trim()}\n`).join(`\n${'='.repeat(78)}\n\n`);
}
