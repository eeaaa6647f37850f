import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { smallOptions } from '../options.ts';
import { sha256OfFile } from './sha256.ts';
import type { Stage } from './stage.ts';
import { createDigests, stageKey, type Surroundings } from './stageKey.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const files = {
  'stage.ts': "import 'pack';\nexport const stage = 1;\nconsole.log(stage);\n",
  'backend.ts': 'console.log("backend");\n',
  'tasks/attack.ts': 'export function attack() { return 1; }\n',
  'tasks/other.ts': 'export function other() { return 1; }\n',
  'digits.bin': 'digits',
  'node_modules/pack/package.json': '{ "version": "1.0.0" }',
};

interface Change {
  files?: Partial<typeof files>;
  stage?: Partial<Stage>;
  around?: Partial<Surroundings>;
}

async function keyAfter({ files: changed = {}, stage = {}, around = {} }: Change = {}) {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ...files, ...changed });
  return stageKey(
    {
      name: 'one',
      entry: join(folder, 'stage.ts'),
      tasks: ['attack'],
      options: ({ seeds }) => seeds,
      inputs: ['models/weights.bin'],
      data: ['digits.bin'],
      outputs: ['results/one.json'],
      run: () => Promise.resolve(),
      ...stage,
    },
    {
      options: smallOptions,
      backend: { name: 'wasm', identity: 'wasm 1', device: 'CPU' },
      backendEntry: join(folder, 'backend.ts'),
      inputs: () => 'a'.repeat(64),
      dataFile: (name) => join(folder, name),
      tasksFolder: pathToFileURL(`${join(folder, 'tasks')}/`).href,
      ...around,
    },
    createDigests(),
  );
}

const { seeds } = smallOptions;
const same: Record<string, Change> = {
  'nothing, in another folder': {},
  'a comment in the stage': { files: { 'stage.ts': `// Comment.\n${files['stage.ts']}` } },
  'a comment in its task': { files: { 'tasks/attack.ts': `${files['tasks/attack.ts']}/* Comment. */` } },
  'a task that it does not run': { files: { 'tasks/other.ts': 'export function other() { return 2; }' } },
  'an option that it does not use': { around: { options: { ...smallOptions, evaluation: { images: 1 } } } },
  'the order of its options': {
    stage: { options: () => Object.fromEntries(Object.entries(seeds).reverse()) },
  },
};
const different: Record<string, [part: string, change: Change]> = {
  'its code': ['code', { files: { 'stage.ts': files['stage.ts'].replace('= 1', '= 2') } }],
  'the code of its task': [
    'code',
    { files: { 'tasks/attack.ts': 'export function attack() { return 2; }' } },
  ],
  'its tasks': ['code', { stage: { tasks: ['attack', 'other'] } }],
  'an option that it uses': [
    'options',
    { around: { options: { ...smallOptions, seeds: { ...seeds, training: 99 } } } },
  ],
  'an input': ['inputs', { around: { inputs: () => 'b'.repeat(64) } }],
  'an MNIST file': ['data', { files: { 'digits.bin': 'digitS' } }],
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
  "the backend's code": ['backend', { files: { 'backend.ts': 'console.log("other");' } }],
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

  test('says in its provenance what the key is made of', async () => {
    expect((await keyAfter()).provenance).toEqual({
      stage: 'one',
      code: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      packages: { pack: '1.0.0' },
      source: {},
      backend: { name: 'wasm', identity: 'wasm 1', device: 'CPU' },
      options: seeds,
      inputs: { 'models/weights.bin': 'a'.repeat(64) },
      data: { 'digits.bin': 'cc6b6bad31a0ff4d6dfd4953a6346a1c463d884723898a2af964b998e5499e22' },
    });
  });

  test('names the modules that the report lists with the digest of their text, and throws on one that is missing', async () => {
    const listed = await keyAfter({ stage: { listings: ['src/compute/attacks/sign.ts'] } });
    expect(listed.provenance.source).toEqual({
      'src/compute/attacks/sign.ts': await sha256OfFile(
        fileURLToPath(new URL('../attacks/sign.ts', import.meta.url)),
      ),
    });
    expect(listed.key).not.toBe((await keyAfter()).key);
    await expect(keyAfter({ stage: { listings: ['src/gone.ts'] } })).rejects.toThrow(
      /src\/gone\.ts: missing; restore it, or take it off the listings of stage one$/,
    );
  });

  test('throws on an MNIST file that is missing, with its name', async () => {
    await expect(keyAfter({ stage: { data: ['gone.bin'] } })).rejects.toThrow(
      /gone\.bin: missing; install the packages again \(npm ci\)$/,
    );
  });
});
