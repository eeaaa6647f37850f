import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evaluation, exampleOf, fgsmCurve, iterativeCurve } from '../testing/results.ts';
import { modelPaths, resultPath } from './files.ts';
import { parseResult, readResult, schemaOf } from './readResult.ts';
import { resultSchemas, type ResultName } from './schemas.ts';

const path = 'public/results/fgsm-curve.json';
const messageOf = (text: string): string => {
  try {
    parseResult(resultSchemas['fgsm-curve'], text, path);
  } catch (error) {
    return (error as Error).message;
  }
  return 'parsed';
};
/** The curve with one thing changed, as text. */
const changed = (change: (curve: ReturnType<typeof copy>) => void): string => {
  const curve = copy();
  change(curve);
  return JSON.stringify(curve);
};
const copy = () => JSON.parse(JSON.stringify(fgsmCurve)) as typeof fgsmCurve;

describe('parseResult(schema, text, path)', () => {
  it('returns what fits', () => {
    expect(parseResult(resultSchemas['fgsm-curve'], JSON.stringify(fgsmCurve), path)).toEqual(fgsmCurve);
    expect(parseResult(resultSchemas.evaluation, JSON.stringify(evaluation), path)).toEqual(evaluation);
  });

  it('names file, place, expectation and what to do', () => {
    const message = messageOf(changed(({ clipped }) => (clipped.epsilons[2] = 1.5)));
    expect(message).toBe(
      `${path} does not fit its schema; run npm run compute\n` +
        '✖ Too big: expected number to be <=1\n  → at clipped.epsilons[2]',
    );
  });

  it.each([
    [
      'a missing property',
      changed(({ clipped }) => Reflect.deleteProperty(clipped, 'labels')),
      'at clipped.labels',
    ],
    [
      'a property too many',
      changed((curve) => Object.assign(curve, { extra: 1 })),
      'Unrecognized key: "extra"',
    ],
    [
      'another type',
      changed(({ clipped }) => (clipped.predicted[0] = 7 as never)),
      'expected string, received number',
    ],
    [
      'no digits',
      changed(({ clipped }) => (clipped.predicted[1] = '12x')),
      'expected one digit for each image',
    ],
    [
      'a property too many within a sweep',
      changed(({ clipped }) => Object.assign(clipped, { extra: 1 })),
      'Unrecognized key: "extra"\n  → at clipped',
    ],
    ['no hash', changed(({ provenance }) => (provenance.code = 'abc')), 'expected a SHA-256 in hexadecimal'],
    [
      'an unknown loss',
      changed(({ clipped }) => (clipped.loss = 'mse' as never)),
      '"margin"|"logSoftmax"|"crossEntropy"',
    ],
    [
      'a count below 0',
      changed(({ clipped }) => (clipped.zeroGradients[0] = -1)),
      'at clipped.zeroGradients[0]',
    ],
    [
      'null for a number',
      changed(({ clipped }) => (clipped.epsilons[0] = NaN)),
      'expected number, received null',
    ],
    ['another result', JSON.stringify(evaluation), 'at clipped'],
  ])('refuses %s with its place', (_, text, message) => {
    const found = messageOf(text);
    expect(found).toContain(message);
    expect(found).toContain(`${path} does not fit its schema; run npm run compute`);
  });

  it.each([-0.5, 1.5])('refuses %f as a share', (probability) => {
    const example = exampleOf({ steps: 1, predictions: [7, 3] });
    example.original.prediction.probabilities[4] = probability;
    expect(() => parseResult(resultSchemas['fgsm-example'], JSON.stringify(example), path)).toThrow(
      /at original\.prediction\.probabilities\[4\]/,
    );
  });

  it.each([
    ['half a file', JSON.stringify(fgsmCurve).slice(0, 100)],
    ['an empty file', ''],
    ['HTML', '<!doctype html>'],
  ])('refuses %s as no JSON', (_, text) => {
    expect(messageOf(text)).toBe(`${path}: not JSON, half-written perhaps; run npm run compute`);
  });
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(root, { recursive: true }));

const store = async (name: ResultName, text: string) => {
  const path = join(root, resultPath(name));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};

describe('readResult(name, { root })', () => {
  it('reads a result through its schema', async () => {
    await store('iterative-curve', JSON.stringify(iterativeCurve));
    expect(await readResult('iterative-curve', { root })).toEqual(iterativeCurve);
  });

  it('says of a missing file which it is and what to do, and reads it once it is there', async () => {
    const path = join(root, 'results', 'evaluation.json');
    await expect(readResult('evaluation', { root })).rejects.toThrow(
      `${path} cannot be read; run npm run compute`,
    );
    await store('evaluation', JSON.stringify(evaluation));
    expect(await readResult('evaluation', { root })).toEqual(evaluation);
  });

  it('says of a file that does not fit which it is and where', async () => {
    await store('evaluation', JSON.stringify({ ...evaluation, predicted: 'seven' }));
    const path = join(root, 'results', 'evaluation.json');
    await expect(readResult('evaluation', { root })).rejects.toThrow(
      `${path} does not fit its schema; run npm run compute\n✖ expected one digit for each image\n  → at predicted`,
    );
  });
});

describe('resultPath(name), schemaOf(path) and modelPaths', () => {
  it('lie under the root of a build, and lead from a name to its schema', () => {
    expect(resultPath('fgsm-curve')).toBe('results/fgsm-curve.json');
    expect(schemaOf(resultPath('fgsm-curve'))).toBe(resultSchemas['fgsm-curve']);
    for (const path of [modelPaths.weights, 'results/sweep-images.bin', 'results/toString.json'])
      expect(schemaOf(path)).toBeUndefined();
  });
});
