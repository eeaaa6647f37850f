import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Stage } from '../experiments/stage.ts';
import { smallOptions } from '../options.ts';
import { acquireBuildLock } from './buildLock.ts';
import { checkResults } from './manifest.ts';
import { runPipeline, type PipelineOptions } from './runPipeline.ts';
import type { BuildEvent } from './progress.ts';
import { bytesOf, smallPipeline, smallStages } from './testing/smallPipeline.ts';
import { readSources, type Sources } from './sources.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const newRoot = async (): Promise<string> => join(await temporaryFolder(), 'root');

async function states(root: string, more: Partial<PipelineOptions> = {}): Promise<string[]> {
  return (await runPipeline(smallPipeline(root, more))).map(({ state }) => state);
}

async function contents(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(root.length + 1), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(texts.sort()) as Record<string, string>;
}

const withStage = (index: number, change: Partial<Stage>): Stage[] =>
  smallStages.map((stage, i) => (i === index ? { ...stage, ...change } : stage));

describe('runPipeline(options)', () => {
  test('computes what is missing, then nothing', async () => {
    const root = await newRoot();
    expect(await states(root)).toEqual(['missing', 'missing', 'missing']);
    const before = await contents(root);
    expect(Object.keys(before)).toEqual([
      'models/one.bin',
      'results/first.json',
      'results/manifest.json',
      'results/second.json',
      'results/third.json',
    ]);
    expect(await states(root)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(await contents(root)).toEqual(before);
  });

  test('writes the same bytes in another root', async () => {
    const [one, other] = [await newRoot(), await newRoot()];
    await states(one);
    await states(other);
    expect(await contents(one)).toEqual(await contents(other));
  });

  test('leaves nothing but its lock in the work folder, and nothing of its own in the root', async () => {
    const root = await newRoot();
    await states(root);
    const left = await readdir(join(dirname(root), 'work'));
    expect(left.filter((name) => !name.startsWith('lock'))).toEqual([]);
  });

  test('runs the stages whose options changed, and those whose inputs changed with them', async () => {
    const root = await newRoot();
    await states(root);
    const sweep = { ...smallOptions, sweep: { ...smallOptions.sweep, images: 7 } };
    expect(await states(root, { options: sweep })).toEqual(['fresh', 'stale', 'stale']);
    const seeds = { ...sweep, seeds: { ...sweep.seeds, training: 77 } };
    expect(await states(root, { options: seeds })).toEqual(['stale', 'stale', 'stale']);
    expect(await states(root, { options: seeds })).toEqual(['fresh', 'fresh', 'fresh']);
  });

  test('stops where a stage that ran again wrote what was there', async () => {
    const root = await newRoot();
    await states(root);
    const stages = withStage(0, { options: ({ seeds }) => [seeds.training, 'other'] });
    expect(await states(root, { stages })).toEqual(['stale', 'fresh', 'fresh']);
  });

  test('says what made a stage stale', async () => {
    const root = await newRoot();
    await states(root);
    await writeFile(join(root, 'results/third.json'), '{"length":');
    const options = { ...smallOptions, sweep: { ...smallOptions.sweep, images: 8 } };
    const reports = await runPipeline(smallPipeline(root, { options, only: ['second'] }));
    expect(reports[1]!.reason).toBe('stale (options changed)');
    const [, , again] = await runPipeline(smallPipeline(root, { options }));
    expect(again!.reason).toMatch(
      /^stale \((inputs changed|results\/third\.json is not the file that was written)\)$/,
    );
  });

  test.each([
    ['half-written', '{"mod'],
    ['edited', '{"model":"mine"}'],
    ['empty', ''],
  ])('computes a %s output again', async (_, text) => {
    const root = await newRoot();
    await states(root);
    const before = await contents(root);
    await writeFile(join(root, 'results/second.json'), text);
    expect(await states(root)).toEqual(['fresh', 'stale', 'fresh']);
    expect(await contents(root)).toEqual(before);
  });

  test.each(['models/one.bin', 'results/first.json'])('computes again when %s is gone', async (path) => {
    const root = await newRoot();
    await states(root);
    const before = await contents(root);
    await rm(join(root, path));
    expect(await states(root)).toEqual(['missing', 'fresh', 'fresh']);
    expect(await contents(root)).toEqual(before);
  });

  test.each([
    ['is gone', undefined],
    ['is half-written', '{ "stages": { "first"'],
    ['is from another version', '{ "stages": { "first": { "key": "short" } } }'],
  ])('relies on nothing when the manifest %s', async (_, text) => {
    const root = await newRoot();
    await states(root);
    const before = await contents(root);
    const manifest = join(root, 'results/manifest.json');
    await (text === undefined ? rm(manifest) : writeFile(manifest, text));
    expect(await states(root)).toEqual(['missing', 'missing', 'missing']);
    expect(await contents(root)).toEqual(before);
  });

  test('removes no file outside its own folders, whatever the manifest names', async () => {
    const root = await newRoot();
    await states(root);
    const victim = join(dirname(root), 'victim.txt');
    await writeFile(victim, 'mine');
    const manifest = join(root, 'results/manifest.json');
    const text = await readFile(manifest, 'utf8');
    for (const path of ['../victim.txt', 'results/../../victim.txt', victim]) {
      await writeFile(manifest, text.replace('results/third.json', path));
      await states(root);
      expect(await readFile(victim, 'utf8')).toBe('mine');
    }
  });

  test('removes what a stage that is no longer there has left, and an output that a stage no longer has', async () => {
    const root = await newRoot();
    await states(root);
    await states(root, {
      stages: withStage(0, { outputs: ['models/one.bin', 'results/first.json'] }).slice(0, 2),
    });
    expect(Object.keys(await contents(root))).not.toContain('results/third.json');
    expect(await states(root)).toEqual(['fresh', 'fresh', 'missing']);
  });

  test('{ force } computes all, { force, only } the stage named, and { only } it with what it needs', async () => {
    const root = await newRoot();
    expect(await states(root, { only: ['second'] })).toEqual(['missing', 'missing']);
    expect(await states(root, { only: ['third'], force: true })).toEqual(['fresh', 'fresh', 'missing']);
    expect(await states(root, { only: ['third'], force: true })).toEqual(['fresh', 'fresh', 'forced']);
    expect(await states(root, { force: true })).toEqual(['forced', 'forced', 'forced']);
    await expect(states(root, { only: ['thrid'] })).rejects.toThrow(
      "unknown stage: 'thrid', expected one of first, second, third",
    );
  });

  test('{ given } takes outputs that are there as they are', async () => {
    const root = await newRoot();
    await mkdir(join(root, 'models'), { recursive: true });
    await mkdir(join(root, 'results'), { recursive: true });
    await writeFile(join(root, 'models/one.bin'), 'a model from elsewhere');
    await writeFile(join(root, 'results/first.json'), '{}');
    expect(await states(root, { given: ['first'], force: true })).toEqual(['given', 'missing', 'missing']);
    expect((await contents(root))['results/second.json']).toContain('a model from elsewhere');
  });

  test('names the stage that fails, keeps those before it and goes on from there', async () => {
    const root = await newRoot();
    const stages = withStage(1, {
      compute: () => Promise.reject(new RangeError('weights are not finite: NaN at 3')),
    });
    await expect(states(root, { stages })).rejects.toThrow('stage second: weights are not finite: NaN at 3');
    expect(Object.keys(await contents(root))).toEqual([
      'models/one.bin',
      'results/first.json',
      'results/manifest.json',
    ]);
    expect(await states(root)).toEqual(['fresh', 'missing', 'missing']);
  });

  test('moves nothing into the root if a stage leaves an output out', async () => {
    const root = await newRoot();
    const stages = withStage(0, {
      compute: () => Promise.resolve({ 'models/one.bin': bytesOf('half of it') }),
    });
    await expect(states(root, { stages })).rejects.toThrow(
      'stage first: it did not compute its output results/first.json',
    );
    expect(Object.keys(await contents(root))).toEqual(['results/manifest.json']);
  });

  test('throws on an input that a stage does not declare', async () => {
    const root = await newRoot();
    const stages = withStage(0, {
      compute: ({ input }) => Promise.resolve({ 'models/one.bin': bytesOf(input('results/other.json')) }),
    });
    await expect(states(root, { stages })).rejects.toThrow(
      'stage first: it does not declare the input results/other.json',
    );
  });

  test('stops at once when it is aborted, even within a stage that never ends', async () => {
    const root = await newRoot();
    const controller = new AbortController();
    const stages = withStage(1, {
      compute: () => new Promise(() => controller.abort(new Error('stopped by SIGINT'))),
    });
    await expect(states(root, { stages, signal: controller.signal })).rejects.toThrow(/^stopped by SIGINT$/);
    expect(Object.keys(await contents(root))).toEqual([
      'models/one.bin',
      'results/first.json',
      'results/manifest.json',
    ]);
    expect(await states(root)).toEqual(['fresh', 'missing', 'missing']);
  });

  test('lets go of the root when it is done, stopped or failed', async () => {
    const root = await newRoot();
    await states(root);
    await expect(states(root, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow(
      'stopped',
    );
    const createPool = () => Promise.reject(new Error('no backend'));
    await expect(states(root, { force: true, createPool })).rejects.toThrow('no backend');
    (await acquireBuildLock(join(dirname(root), 'work')))();
  });

  test('does not ask the clock: it may jump back and forth', async () => {
    const [steady, jumping] = [await newRoot(), await newRoot()];
    await states(steady);
    let time = Date.now();
    vi.spyOn(Date, 'now').mockImplementation(() => (time += time % 2 ? -1e10 - 1 : 1e9 + 1));
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await states(jumping)).toEqual(['missing', 'missing', 'missing']);
    expect(await states(jumping)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(await contents(jumping)).toEqual(await contents(steady));
  });

  test('tells of each moment of a stage in order', async () => {
    const events: BuildEvent[] = [];
    await states(await newRoot(), { only: ['first'], onEvent: (event) => events.push(event) });
    expect(events.map((event) => (event.kind === 'moved' ? event.path : event.kind))).toEqual([
      'said',
      'started',
      'progressed',
      'progressed',
      'computed',
      'models/one.bin',
      'results/first.json',
      'recorded',
      'ended',
    ]);
  });
});

describe('runPipeline(options) on a disk that does not take it', () => {
  test.skipIf(!existsSync('/dev/full'))(
    'says that the disk is full, with the stage, and goes on from there',
    async () => {
      const root = await newRoot();
      const stages = withStage(1, {
        async compute() {
          // The kernel's own "no space left on device".
          const folder = join(dirname(root), 'work/staging/results');
          await mkdir(folder, { recursive: true });
          await symlink('/dev/full', join(folder, 'second.json'));
          return { 'results/second.json': bytesOf('x') };
        },
      });
      await expect(states(root, { stages })).rejects.toThrow(
        /^stage second: .*second.*the disk is full; free some space/,
      );
      await expect(checkResults(root)).rejects.toThrow(
        /manifest\.json: second, third may be out of date.*run `npm run compute`/,
      );
      expect(await states(root)).toEqual(['fresh', 'missing', 'missing']);
    },
  );

  test.each([
    ['the root', 'root'],
    ['a folder in it', 'root/results'],
    ['the work folder', 'work'],
  ])('names the file that stands where %s belongs', async (_, path) => {
    const root = await newRoot();
    const file = join(dirname(root), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'in the way');
    await expect(states(root)).rejects.toThrow(/a file stands where a folder is needed; move it away/);
    await expect(states(root)).rejects.toThrow(path);
    await rm(file);
    expect((await states(root)).length).toBe(3);
    await checkResults(root);
  });

  test('names the folder that stands where an output belongs', async () => {
    const root = await newRoot();
    await mkdir(join(root, 'results/first.json/inside'), { recursive: true });
    await expect(states(root)).rejects.toThrow(
      /results\/first\.json: a folder stands where a file is needed/,
    );
  });
});

describe('runPipeline({ sources })', () => {
  /** A stage whose module lies in a folder of the test's own; `edit` changes it. */
  async function stageOfItsOwn(): Promise<{ stage: Stage; sources: Sources; edit: () => Promise<void> }> {
    const folder = await temporaryFolder();
    const entry = join(folder, 'stage.ts');
    await writeFiles(folder, { 'stage.ts': "import './step.ts';\n", 'step.ts': 'console.log(1);\n' });
    return {
      stage: { ...smallStages[0]!, entry },
      sources: readSources(folder),
      edit: () => writeFile(join(folder, 'step.ts'), 'console.log(2);\n'),
    };
  }

  test('records nothing of a stage whose code was edited while it ran', async () => {
    const root = await newRoot();
    const { stage, sources, edit } = await stageOfItsOwn();
    const compute: Stage['compute'] = async (context) => {
      await edit();
      return stage.compute(context);
    };
    await expect(states(root, { stages: [{ ...stage, compute }], sources })).rejects.toThrow(
      /^stage first: .*step\.ts was edited while the build ran: nothing was recorded; run the command again$/,
    );
    expect(Object.keys(await contents(root))).toEqual(['results/manifest.json']);
    await expect(checkResults(root)).rejects.toThrow('manifest.json');
  });

  test('computes nothing with code that was edited after it was loaded', async () => {
    const root = await newRoot();
    const { stage, sources, edit } = await stageOfItsOwn();
    await edit();
    await expect(states(root, { stages: [stage], sources })).rejects.toThrow(
      'was edited while the build ran',
    );
    await expect(readdir(root)).rejects.toThrow('ENOENT');
  });

  test('minds no line ends, and no module that the stage does not use', async () => {
    const root = await newRoot();
    const { stage, sources } = await stageOfItsOwn();
    await writeFiles(dirname(stage.entry), { 'step.ts': 'console.log(1);\r\n', 'other.ts': 'edited' });
    expect(await states(root, { stages: [stage], sources })).toEqual(['missing']);
    await writeFiles(dirname(stage.entry), { 'step.ts': 'console.log(1);\n' });
    expect(await states(root, { stages: [stage], sources })).toEqual(['fresh']);
  });
});

describe('runPipeline({ foreign })', () => {
  test('replaces no file that no build wrote, and goes on where a build was stopped', async () => {
    const root = await newRoot();
    await writeFiles(root, { 'results/first.json': 'mine', 'notes.txt': 'mine' });
    await expect(states(root, { foreign: true })).rejects.toThrow(
      /results\/first\.json was not written by a build; move it away, or name another folder with --root$/,
    );
    expect(await contents(root)).toEqual({ 'results/first.json': 'mine', 'notes.txt': 'mine' });
    await rm(join(root, 'results/first.json'));
    const onEvent = ({ kind }: BuildEvent): void => {
      if (kind === 'moved') throw new Error('stopped');
    };
    await expect(states(root, { foreign: true, onEvent })).rejects.toThrow('stopped');
    expect(await states(root, { foreign: true })).toEqual(['missing', 'missing', 'missing']);
    expect((await contents(root))['notes.txt']).toBe('mine');
  });
});
