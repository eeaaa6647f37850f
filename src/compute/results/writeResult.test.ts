import * as fc from 'fast-check';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { evaluation, fgsmCurve } from '../testing/results.ts';
import { parseResult } from './readResult.ts';
import { resultSchemas } from './schemas.ts';
import { writeResult } from './writeResult.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(root, { recursive: true }));

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
