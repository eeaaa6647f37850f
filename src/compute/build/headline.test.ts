import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { evaluation, exampleOf, fgsmCurve, iterativeCurve } from '../testing/results.ts';
import { resultPath } from '../results/files.ts';
import type { Sweep } from '../results/schemas.ts';
import { headline } from './resultsLock.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'headline-'));
  await mkdir(join(root, 'results'));
});
afterEach(() => rm(root, { recursive: true }));

// In every sweep but the clipped one nothing is misclassified.
const faultless = (sweep: Sweep): Sweep => ({ ...sweep, predicted: sweep.epsilons.map(() => sweep.labels) });
const others = { unclipped: faultless(fgsmCurve.unclipped), firstImages: faultless(fgsmCurve.firstImages) };

const results = {
  evaluation,
  'fgsm-curve': { ...fgsmCurve, ...others, crossEntropy: faultless(fgsmCurve.crossEntropy) },
  'iterative-curve': { ...iterativeCurve, ...others },
  'fgsm-example': exampleOf({ steps: 1, predictions: [7, 3] }),
  'iterative-example': exampleOf({ steps: 5, predictions: [7, 7, 9, 9, 2, 2] }),
};
type Name = keyof typeof results;
const store = (names: readonly Name[]) =>
  Promise.all(names.map((name) => writeFile(join(root, resultPath(name)), JSON.stringify(results[name]))));

it('headline(root) gives the clipped curves’ accuracies at the example’s ε and the verdicts on the image', async () => {
  await store(Object.keys(results) as Name[]);
  expect(await headline(root)).toEqual({
    // Four of five clean images; at ε = 0.3 one of five under one step, none under five.
    accuracy: { clean: 0.8, fgsm: 0.2, iterative: 0 },
    epsilon: 0.3,
    example: { image: 17, label: 7, clean: 7, fgsm: 3, iterative: 2 },
  });
});

it('headline(root) says which result is missing', async () => {
  await store(['evaluation', 'fgsm-curve', 'fgsm-example', 'iterative-example']);
  await expect(headline(root)).rejects.toThrow(
    `${join(root, 'results', 'iterative-curve.json')} cannot be read; run npm run compute`,
  );
});
