// The worker's WebGL and CPU backends against the vectors that the backends of the build are held to.
import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Jobs, Message } from '../../src/components/widgets/session/protocol.ts';
import { weightsToBytes } from '../../src/compute/networks/modelFiles.ts';
import type { Network } from '../../src/compute/networks/layers.ts';
import { sha256 } from '../../src/compute/sha256.ts';
import { createReference } from '../../src/compute/networks/referenceGradient.ts';
import { withLogitsTimes } from '../../src/compute/testing/trainedNetwork.ts';
import { imageOf, images, IMAGES, networkNames, networks } from '../conformance/cases.ts';
import { readVectors } from '../conformance/vectors.ts';
import { test } from './test.ts';

interface Answer {
  backend: string;
  runs: { logits: number[]; signs: number[] }[];
}

/** Attacks each image in a worker of the site that is given a network of the test's own. */
async function attackInWorker(
  page: Page,
  backend: 'webgl' | 'cpu',
  { layers, weights }: Network,
  cases: { pixels: number[]; label: number }[],
): Promise<Answer> {
  const bytes = weightsToBytes(weights);
  const file = 'models/of-the-test.bin';
  await page.route(`**/${file}`, (route) => route.fulfill({ body: Buffer.from(bytes) }));
  const script = (await readdir('dist/_astro')).find((name) => name.startsWith('attack.worker'))!;
  return page.evaluate(
    async ({ script, file, bytes, sha256, layers, backend, cases }) => {
      const at = (path: string) => new URL(path, document.baseURI).href;
      const worker = new Worker(at(`_astro/${script}`), { type: 'module' });
      const ask = (message: Message) =>
        new Promise<Record<string, unknown>>((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<Record<string, unknown>>) => {
            if (data.type !== 'starting' && data.type !== 'working') resolve(data);
          };
          worker.onerror = ({ message: text }) => reject(new Error(text));
          worker.postMessage(message);
        });
      const network = { url: at(file), bytes, sha256, layers };
      const ready = await ask({ type: 'start', network, backend });
      const runs = [];
      for (const { pixels, label } of cases) {
        const request = { pixels: Float32Array.from(pixels), label, epsilon: 0.1, steps: 1, clip: true };
        const { result } = await ask({ type: 'job', id: 1, name: 'attack', request, units: undefined });
        const { original, path } = result as Jobs['attack']['result'];
        runs.push({ logits: original.prediction.logits, signs: Array.from(path[0]!.signs) });
      }
      worker.terminate();
      return { backend: (ready.device as { backend: string }).backend, runs };
    },
    { script, file, bytes: bytes.length, sha256: sha256(bytes), layers, backend, cases },
  );
}

const text = (signs: readonly number[]) => signs.map((sign) => '-0+'[sign + 1]).join('');
const vectors = readVectors();
const digits = await images();
const pixelsOf = (i: number) => Array.from(imageOf(digits.images, i), (byte) => Math.fround(byte / 255));

for (const backend of ['webgl', 'cpu'] as const) {
  for (const network of networkNames) {
    test(`the ${backend} backend has the stored logits and signs of the network ${network}`, async ({
      visit,
    }) => {
      const { page } = await visit('404.html');
      const { classes, logits, signs } = vectors[network];
      const cases = classes.map((label, i) => ({ pixels: pixelsOf(i), label }));
      const found = await attackInWorker(page, backend, networks()[network], cases);
      expect(found.backend).toBe(backend);
      const scale = Math.max(...logits.flat().map(Math.abs));
      for (let i = 0; i < IMAGES; i++) {
        const worst = Math.max(...logits[i]!.map((z, j) => Math.abs(z - found.runs[i]!.logits[j]!)));
        expect(worst / scale).toBeLessThan(1e-5);
        const certain = Array.from(text(found.runs[i]!.signs), (sign, j) =>
          signs[i]![j] === '?' ? '?' : sign,
        );
        expect(certain.join('')).toBe(signs[i]);
      }
    });
  }

  test(`the ${backend} backend keeps the signs of gradients of 1e-30`, async ({ visit }) => {
    const { page } = await visit('404.html');
    const tiny = withLogitsTimes(networks().drawn, 1e-30);
    const pixels = pixelsOf(0);
    const label = vectors.drawn.classes[0]!;
    const { gradient } = createReference(tiny)(Float32Array.from(pixels), label);
    const largest = Math.max(...gradient.map(Math.abs));
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(1e-28);
    const found = await attackInWorker(page, backend, tiny, [{ pixels, label }]);
    // A gradient within float32's noise of 0 may have either sign.
    const wrong = found.runs[0]!.signs.filter(
      (sign, i) => Math.abs(gradient[i]!) > 1e-5 * largest && sign !== Math.sign(gradient[i]!),
    );
    expect(wrong).toEqual([]);
    expect(found.runs[0]!.signs.filter((sign) => sign !== 0).length).toBeGreaterThan(600);
  });
}
