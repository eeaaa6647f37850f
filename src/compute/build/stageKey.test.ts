import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Stage } from '../experiments/stage.ts';
import { smallOptions } from '../options.ts';
import { resultSchemas } from '../results/schemas.ts';
import { sha256OfFile } from '../sha256.ts';
import { project } from './sources.ts';
import { codeOf, stageKey, type Surroundings } from './stageKey.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const files = {
  'stage.ts':
    "import 'pack';\nimport { attack } from './attack.ts';\nexport const stage = 1;\nconsole.log(stage, attack);\n",
  'backend.ts': 'console.log("backend");\n',
  'attack.ts': 'export function attack() { return 1; }\n',
  'other.ts': 'export function other() { return 1; }\n',
  'node_modules/pack/package.json': '{ "version": "1.0.0" }',
};

interface Change {
  files?: Partial<typeof files>;
  stage?: Partial<Stage>;
  around?: Partial<Surroundings>;
  input?: string;
}

async function keyAfter({ files: changed = {}, stage = {}, around = {}, input = 'a' }: Change = {}) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ...files, ...changed });
  const { files: _, ...key } = await stageKey(
    {
      name: 'one',
      entry: join(folder, 'stage.ts'),
      options: ({ seeds }) => seeds,
      inputs: ['models/weights.bin'],
      data: 'test',
      outputs: ['results/one.json'],
      compute: () => Promise.resolve({}),
      ...stage,
    },
    {
      options: smallOptions,
      backend: { name: 'wasm', identity: 'wasm 1', device: 'CPU' },
      sharedCode: [join(folder, 'backend.ts')],
      ...around,
    },
    new Map([['models/weights.bin', input.repeat(64)]]),
  );
  return key;
}

const { seeds } = smallOptions;
const same: Record<string, Change> = {
  'nothing, in another folder': {},
  'a comment in the stage': { files: { 'stage.ts': `// Comment.\n${files['stage.ts']}` } },
  'a comment in its task': { files: { 'attack.ts': `${files['attack.ts']}/* Comment. */` } },
  'a task that it does not run': { files: { 'other.ts': 'export function other() { return 2; }' } },
  'an option that it does not use': { around: { options: { ...smallOptions, evaluation: { images: 1 } } } },
  'the order of its options': {
    stage: { options: () => Object.fromEntries(Object.entries(seeds).reverse()) },
  },
};
const different: Record<string, [part: string, change: Change]> = {
  'its code': ['code', { files: { 'stage.ts': files['stage.ts'].replace('= 1', '= 2') } }],
  'the code of its task': ['code', { files: { 'attack.ts': 'export function attack() { return 2; }' } }],
  'an option that it uses': [
    'options',
    { around: { options: { ...smallOptions, seeds: { ...seeds, training: 99 } } } },
  ],
  'an input': ['inputs', { input: 'b' }],
  'its half of MNIST': ['data', { stage: { data: 'train' } }],
  "a package's version": [
    'packages',
    { files: { 'node_modules/pack/package.json': '{ "version": "1.0.1" }' } },
  ],
  "the backend's identity": [
    'backend',
    { around: { backend: { name: 'wasm', identity: 'wasm 2', device: 'CPU' } } },
  ],
  "the backend's device": [
    'backend',
    { around: { backend: { name: 'wasm', identity: 'wasm 1', device: 'GPU' } } },
  ],
  "the backend's code": ['shared', { files: { 'backend.ts': 'console.log("other");' } }],
  'its outputs': ['outputs', { stage: { outputs: ['results/two.json'] } }],
};

describe('stageKey(stage, surroundings)', () => {
  test.each(Object.entries(same))('does not change with %s', async (_, change) => {
    expect(await keyAfter(change)).toEqual(await keyAfter());
  });

  test.each(Object.entries(different))('changes with %s', async (_, [part, change]) => {
    const [before, after] = [await keyAfter(), await keyAfter(change)];
    expect(after.key).not.toBe(before.key);
    const changed = Object.keys(before.parts).filter((name) => before.parts[name] !== after.parts[name]);
    expect(changed).toEqual([part]);
  });

  test("changes with an output's schema", async () => {
    const change = { stage: { outputs: ['results/training.json'] } };
    const { training } = resultSchemas;
    const before = await keyAfter(change);
    Object.assign(resultSchemas, { training: z.string() });
    const after = await keyAfter(change);
    Object.assign(resultSchemas, { training });
    expect(after.key).not.toBe(before.key);
    expect(await keyAfter(change)).toEqual(before);
  });

  test('says in its provenance what the key is made of', async () => {
    expect((await keyAfter()).provenance).toEqual({
      stage: 'one',
      code: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      packages: { pack: '1.0.0' },
      source: {},
      backend: { name: 'wasm', identity: 'wasm 1', device: 'CPU' },
      options: seeds,
      inputs: { 'models/weights.bin': 'a'.repeat(64) },
      data: {
        't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
        't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
      },
    });
  });

  test('names the modules that the report lists with the digest of their text, and throws on one that is missing', async () => {
    const listed = await keyAfter({ stage: { listings: ['src/compute/attacks/fgsm.ts'] } });
    expect(listed.provenance.source).toEqual({
      'src/compute/attacks/fgsm.ts': await sha256OfFile(join(project, 'src/compute/attacks/fgsm.ts')),
    });
    expect(listed.key).not.toBe((await keyAfter()).key);
    await expect(keyAfter({ stage: { listings: ['src/gone.ts'] } })).rejects.toThrow(
      /no such file .*src\/gone\.ts/,
    );
  });
});

const modules = {
  'main.ts': `import { readFile } from 'node:fs/promises';
import pack from 'pack/part';
import { half } from './half.ts';
import type { Unit } from './unit.ts';
export const run = async (x: Unit) => pack(half(x), readFile);
`,
  'half.ts': 'export const half = (x: number) => x / 2;\nexport const unused = 3;\n',
  'unit.ts': 'export type Unit = number;\n',
  'node_modules/pack/package.json': '{ "name": "pack", "version": "1.2.3" }',
};

async function codeAfter(change: Partial<Record<keyof typeof modules, string>> = {}) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ...modules, ...change });
  const { sha256, packages } = await codeOf(join(folder, 'main.ts'));
  return { sha256, packages };
}

describe('codeOf(entry)', () => {
  test('is the same for the same text elsewhere', async () => {
    const folder = await temporaryFolder();
    await writeFiles(join(folder, 'deeper/copy'), modules);
    const { files, ...code } = await codeOf(join(folder, 'deeper/copy/main.ts'));
    expect(code).toEqual(await codeAfter());
    expect(files.sort()).toEqual(['half.ts', 'main.ts'].map((name) => join(folder, 'deeper/copy', name)));
  });

  test('does not change with comments, whitespace, types and what is not used', async () => {
    const expected = await codeAfter();
    expect(
      await codeAfter({ 'main.ts': `// A comment.\n/*! A licence. */\n${modules['main.ts']}\n\n` }),
    ).toEqual(expected);
    expect(await codeAfter({ 'half.ts': `${modules['half.ts']}// Another.\n` })).toEqual(expected);
    expect(await codeAfter({ 'half.ts': modules['half.ts'].replace('unused = 3', 'unused = 4') })).toEqual(
      expected,
    );
    expect(await codeAfter({ 'unit.ts': 'export type Unit = 1 | 2;\n' })).toEqual(expected);
  });

  test('changes with the code of the module and of what it imports', async () => {
    const { sha256 } = await codeAfter();
    expect(
      (await codeAfter({ 'main.ts': modules['main.ts'].replace('half(x)', 'half(x) + 1') })).sha256,
    ).not.toBe(sha256);
    expect((await codeAfter({ 'half.ts': modules['half.ts'].replace('/ 2', '* 0.5') })).sha256).not.toBe(
      sha256,
    );
  });

  test('names the packages it uses with their versions, and not what Node brings', async () => {
    expect((await codeAfter()).packages).toEqual({ pack: '1.2.3' });
    const updated = await codeAfter({
      'node_modules/pack/package.json': '{ "name": "pack", "version": "1.2.4" }',
    });
    expect(updated.packages).toEqual({ pack: '1.2.4' });
  });

  test('throws on a missing module, a missing import and a syntax error, with the file', async () => {
    const folder = await temporaryFolder();
    await expect(codeOf(join(folder, 'main.ts'))).rejects.toThrow('main.ts');
    await expect(codeAfter({ 'main.ts': "import './nowhere.ts';" })).rejects.toThrow('./nowhere.ts');
    await expect(codeAfter({ 'half.ts': 'export const half = (' })).rejects.toThrow('half.ts:1');
  });
});
