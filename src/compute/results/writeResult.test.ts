import * as fc from 'fast-check';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { evaluation, fgsmCurve, iterativeCurve } from '../testing/results.ts';
import { modelPaths, resultPath } from './files.ts';
import { parseResult } from './parseResult.ts';
import { readResult } from './readResult.ts';
import { resultSchemas, type ResultName } from './schemas.ts';
import { writeResult } from './writeResult.ts';

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

describe('writeResult(path, schema, value)', () => {
  const written = async (value: unknown, schema: z.ZodType = z.unknown()) => {
    const path = join(root, 'value.json');
    await writeResult(path, schema, value);
    return readFile(path, 'utf8');
  };

  it('writes one property a line, plain arrays on one', async () => {
    expect(await written({ a: [1, 2], b: { c: 'x' }, d: [{ e: 1 }], f: {}, g: [], h: null })).toBe(
      [
        '{',
        '  "a": [1,2],',
        '  "b": {',
        '    "c": "x"',
        '  },',
        '  "d": [',
        '    {',
        '      "e": 1',
        '    }',
        '  ],',
        '  "f": {},',
        '  "g": [],',
        '  "h": null',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('writes every float so that it reads back to the same float32', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 50 }),
        async (floats) => {
          const read = JSON.parse(await written([...floats])) as number[];
          expect(Float32Array.from(read)).toEqual(floats.map((value) => value + 0));
        },
      ),
      { seed: 9, numRuns: 30 },
    );
  });

  it('writes what parses to the same value, properties without a value left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        expect(JSON.parse(await written(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 10, numRuns: 50 },
    );
    expect(JSON.parse(await written({ a: 1, b: undefined }))).toEqual({ a: 1 });
  });

  it('writes a result that reads back through its schema', async () => {
    const text = await written(fgsmCurve, resultSchemas['fgsm-curve']);
    expect(parseResult(resultSchemas['fgsm-curve'], text, 'x')).toEqual(fgsmCurve);
  });

  it('writes nothing if the value does not fit', async () => {
    const path = join(root, 'bad.json');
    const bad = { ...evaluation, labels: '' };
    await expect(writeResult(path, resultSchemas.evaluation, bad)).rejects.toThrow(
      'expected one digit for each image',
    );
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });

  it.each([[NaN], [Infinity]])('refuses %d, which JSON cannot hold', async (value) => {
    const path = join(root, 'bad.json');
    await expect(writeResult(path, z.object({ loss: z.number() }), { loss: value })).rejects.toThrow(
      'expected number',
    );
  });
});

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

describe('resultPath(name) and modelPaths', () => {
  it('lie under the root of a build', () => {
    expect(resultPath('fgsm-curve')).toBe('results/fgsm-curve.json');
    expect(modelPaths).toEqual({
      json: 'models/mnist-cnn/model.json',
      weights: 'models/mnist-cnn/weights.bin',
    });
  });
});
