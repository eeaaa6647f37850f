// The report's own stages, end to end, through everything that can go wrong around them.
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkResults } from '../../src/compute/build/manifest.ts';
import { stages } from '../../src/compute/experiments/index.ts';
import { figureNames, loadFigure } from '../../src/components/figures/figures.ts';
import { readFacts } from '../../src/report/facts.ts';
import { permanentFolder } from './permanentFolder.ts';
import { temporaryFolder } from '../../src/compute/build/testing/temporaryFolder.ts';
import { computeCommand, pagesCommand, script, start } from './childProcess.ts';
import { digestsUnder } from '../../src/compute/build/files.ts';

const minutes = 60_000;
const small = (root: string, ...more: string[]): string[] => [
  ...['--preset', 'small', '--backend', 'wasm', '--root', root],
  ...more,
];

let undisturbed: string;
let expected: Record<string, string>;

beforeAll(async () => {
  undisturbed = join(await permanentFolder(), 'root');
  const { code, output } = await start(computeCommand, small(undisturbed, '--workers', '1')).ended;
  expect({ code, output }).toMatchObject({ code: 0 });
  expected = await digestsUnder(undisturbed);
}, 5 * minutes);

describe('npm run compute -- --preset small', () => {
  test('writes every output of every stage and the manifest, and nothing else', () => {
    const outputs = stages.flatMap((stage) => stage.outputs);
    expect(Object.keys(expected)).toEqual([...outputs, 'results/manifest.json'].sort());
  });

  test(
    'has every fact and every figure, and so has another training, of which the pages are built',
    async () => {
      const other = join(await temporaryFolder(), 'root');
      const { code, output } = await start(script('otherTraining.ts'), [other]).ended;
      expect({ code, output }).toMatchObject({ code: 0 });
      const prose: string[] = [];
      for (const root of [undisturbed, other]) {
        const texts: (readonly [string, string])[] = Object.entries(await readFacts({ root })).flatMap(
          ([topic, facts]) =>
            Object.entries(facts).map(([name, text]) => [`${topic}.${name}`, text] as const),
        );
        for (const name of figureNames) {
          const figure = await loadFigure(name, { root });
          texts.push([name, `${figure.title} ${figure.html()}`]);
        }
        for (const [name, text] of texts)
          expect(text, name).not.toMatch(/undefined|NaN|Infinity|null|\[object/);
        prose.push(texts.map(([, text]) => text).join('\n'));
      }
      expect(prose[0]).not.toBe(prose[1]);
      const pages = join(dirname(other), 'pages');
      await copyFile('public/favicon.svg', join(other, 'favicon.svg'));
      const at = { RESULTS_ROOT: relative(process.cwd(), other) };
      const page = ['build', '--outDir', pages];
      const ofOthers = await start(pagesCommand, [...page, '--results', '0000000'], at).ended;
      expect(ofOthers).toMatchObject({ code: 1, output: expect.stringContaining('not 0000000') as string });
      const built = await start(pagesCommand, page, at).ended;
      expect({ code: built.code, output: built.output.slice(-2_000) }).toMatchObject({ code: 0 });
      expect(built.output.match(/.*\[WARN\].*/g)).toBeNull();
      const { testAccuracy } = (await readFacts({ root: other })).network!;
      for (const page of ['index.html', 'model/index.html', 'networks/index.html']) {
        // Listings may say "undefined".
        const html = (await readFile(join(pages, page), 'utf8')).replaceAll(/<pre.*?<\/pre>/gs, '');
        expect(html).toContain(testAccuracy);
        expect(html).not.toMatch(/>[^<]*(undefined|NaN|\[object)/);
      }
    },
    5 * minutes,
  );

  test(
    'builds the pages of an imported network, without those of the recipe and its other networks',
    async () => {
      const root = join(await temporaryFolder(), 'root');
      const network = 'samples/torch-dense.onnx';
      const { code, output } = await start(script('importedNetwork.ts'), [root, network]).ended;
      expect({ code, output }).toMatchObject({ code: 0 });
      const pages = join(dirname(root), 'pages');
      await copyFile('public/favicon.svg', join(root, 'favicon.svg'));
      const at = { RESULTS_ROOT: relative(process.cwd(), root), SITE_URL: 'https://example.org/report' };
      const built = await start(pagesCommand, ['build', '--outDir', pages], at).ended;
      expect({ code: built.code, output: built.output.slice(-2_000) }).toMatchObject({ code: 0 });
      expect(built.output.match(/.*\[WARN\].*/g)).toBeNull();
      expect(await readdir(pages)).not.toContain('networks');
      // Only the page of missing pages has to know where it lies.
      expect(await readFile(join(pages, '404.html'), 'utf8')).toContain('href="/report/model/index.html"');
      expect(await readFile(join(pages, 'model/index.html'), 'utf8')).toMatch(
        /rel="canonical" href="https:\/\/example\.org\/report\/model\/"/,
      );
      const html = await readFile(join(pages, 'index.html'), 'utf8');
      expect(html).not.toMatch(/href="[^"]*networks\/|class="ln thin|trainings of the recipe/);
    },
    5 * minutes,
  );

  test('computes nothing the second time, and says so', async () => {
    const { code, output } = await start(computeCommand, small(undisturbed)).ended;
    expect(output).toContain(`Nothing to compute: all ${stages.length} stages are fresh.`);
    expect(code).toBe(0);
    expect(await digestsUnder(undisturbed)).toEqual(expected);
  });

  test(
    'killed in training, sweep, example and last stage, elsewhere, in another language and time zone, with other workers, gives the same bytes',
    async () => {
      const root = join(await temporaryFolder(), 'root');
      const environment = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Chatham' };
      for (const name of ['train', 'fgsm-example', 'fgsm-curve', stages.at(-1)!.name]) {
        const { signal, output } = await start(script('killedCompute.ts'), [root, name], environment).ended;
        expect({ name, signal, output }).toMatchObject({ name, signal: 'SIGKILL' });
      }
      const { code, output } = await start(computeCommand, small(root), environment).ended;
      expect(output).toContain(`Computed 1 of ${stages.length} stages`);
      expect(code).toBe(0);
      expect(await digestsUnder(root)).toEqual(expected);
    },
    5 * minutes,
  );

  test('computes a corrupted result and no other stage again', async () => {
    const path = join(undisturbed, 'results/fgsm-curve.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, text.length / 2));
    await expect(checkResults(undisturbed)).rejects.toThrow(/fgsm-curve\.json: SHA-256/);
    const { code, output } = await start(computeCommand, small(undisturbed)).ended;
    expect(output).toContain('fgsm-curve: stale (results/fgsm-curve.json is not the file that was written)');
    expect(output).toContain(`Computed 1 of ${stages.length} stages`);
    expect(code).toBe(0);
    expect(await digestsUnder(undisturbed)).toEqual(expected);
  });

  test('trains again when the weights were tampered with, and stops there: what follows is as it was', async () => {
    const path = join(undisturbed, 'models/mnist-cnn/weights.bin');
    const weights = await readFile(path);
    new Float32Array(weights.buffer, weights.byteOffset, 8).fill(Number.NaN);
    await writeFile(path, weights);
    const { code, output } = await start(computeCommand, small(undisturbed)).ended;
    expect(output).toContain(`Computed 1 of ${stages.length} stages`);
    expect(code).toBe(0);
    expect(await digestsUnder(undisturbed)).toEqual(expected);
  });

  test('stopped by Ctrl-C ends with 130, no partial file and nothing to wait for', async () => {
    const root = join(await temporaryFolder(), 'root');
    const build = start(
      computeCommand,
      small(root, '--workers', String(Math.min(2, availableParallelism()))),
    );
    await build.saying('train: missing');
    build.kill('SIGINT');
    await setTimeout(10);
    // npm passes on what a terminal has sent to all.
    build.kill('SIGINT');
    const { code, output } = await build.ended;
    expect(output).toContain('stopped by SIGINT; finished stages are kept');
    expect(code).toBe(130);
    // The manifest says what was begun.
    expect(Object.keys(await digestsUnder(root))).toEqual(['results/manifest.json']);
    expect(await readdir(join(dirname(root), '.compute/root'))).not.toContain('staging');
  });

  test('two at once: one waits, says so, and has nothing left to do', async () => {
    const root = join(await temporaryFolder(), 'root');
    const only = ['--only', 'train'];
    const first = start(computeCommand, small(root, ...only));
    await first.saying('train: missing');
    const second = start(computeCommand, small(root, ...only));
    await second.saying(`Waiting for another build to end (process ${first.pid} on `);
    expect((await first.ended).code).toBe(0);
    const { code, output } = await second.ended;
    expect(output).toContain('Nothing to compute');
    expect(code).toBe(0);
  });

  test('names the file that is in the way, and goes on when it is gone', async () => {
    const root = join(await temporaryFolder(), 'root');
    await writeFile(root, 'in the way');
    const { code, output } = await start(computeCommand, small(root)).ended;
    expect(output).toContain(`a file stands where a folder is needed; move it away`);
    expect(output).toContain(root);
    expect(code).toBe(1);
  });
});

test('npm run compute -- --update-lock --preset small says what is wrong and ends with 1', async () => {
  const { code, output } = await start(computeCommand, ['--update-lock', '--preset', 'small']).ended;
  expect(output).toContain('--update-lock is for the whole report on the default backend');
  expect(code).toBe(1);
});
