import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  compareWithLock,
  describeResults,
  readResultsLock,
  thisPlatform,
  writeResultsLock,
  type Headline,
  type ResultsLock,
} from './resultsLock.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const headline: Headline = {
  accuracy: { clean: 0.9931, fgsm: 0.001, iterative: 0 },
  epsilon: 0.3,
  example: { image: 0, label: 7, clean: 7, fgsm: 3, iterative: 3 },
};

const files = { 'models/w.bin': 'weights', 'results/a.json': '{"rows":[1,2],"provenance":{"code":"x"}}' };

async function describeFiles(change: Partial<typeof files> = {}, found = headline): Promise<ResultsLock> {
  const folder = await temporaryFolder();
  await writeFiles(folder, { ...files, ...change });
  return describeResults(folder, Object.keys(files), { backend: 'wasm', headline: found });
}

describe('compareWithLock(found, lock)', () => {
  test('finds nothing between equal results', async () => {
    expect(compareWithLock(await describeFiles(), await describeFiles())).toEqual({
      files: [],
      unexplained: [],
      headline: [],
      accuracy: 0,
      sameBackend: true,
    });
  });

  test('says whether both are of the same backend', async () => {
    const lock = await describeFiles();
    expect(compareWithLock({ ...lock, backend: 'wasm, unfused' }, lock).sameBackend).toBe(false);
  });

  test.each<[string, Partial<typeof files>, string]>([
    ['models/w.bin', { 'models/w.bin': 'other' }, 'its bytes'],
    ['results/a.json', { 'results/a.json': '{"rows":[1,3],"provenance":{"code":"x"}}' }, 'rows'],
    ['results/a.json', { 'results/a.json': '{"rows":[1,2],"provenance":{"code":"y"}}' }, 'provenance'],
    [
      'results/a.json',
      { 'results/a.json': '{"rows":[],"extra":1,"provenance":{"code":"x"}}' },
      'rows, extra',
    ],
    ['results/a.json', { 'results/a.json': '{"rows": [1,2],"provenance":{"code":"x"}}' }, 'its layout'],
  ])('says in what %s differs', async (path, change, what) => {
    const { files: found } = compareWithLock(await describeFiles(change), await describeFiles());
    expect(found).toEqual([{ path, what }]);
  });

  test('finds a result unexplained that differs though its provenance does not', async () => {
    const differ = async (change: Partial<typeof files>) =>
      compareWithLock(await describeFiles(change), await describeFiles()).unexplained;
    expect(await differ({ 'results/a.json': '{"rows":[1,3],"provenance":{"code":"x"}}' })).toEqual([
      'results/a.json',
    ]);
    expect(await differ({ 'results/a.json': '{"rows":[1,3],"provenance":{"code":"y"}}' })).toEqual([]);
    expect(await differ({ 'models/w.bin': 'other' })).toEqual([]);
  });

  test('says which headline numbers differ and by how much at most', async () => {
    const other = {
      ...headline,
      accuracy: { clean: 0.9929, fgsm: 0.003, iterative: 0 },
      example: { ...headline.example, fgsm: 8 },
    };
    const { headline: found, accuracy } = compareWithLock(
      await describeFiles({}, other),
      await describeFiles(),
    );
    expect(found).toEqual([
      'accuracy clean 0.9929, in the lock 0.9931',
      'accuracy fgsm 0.003, in the lock 0.001',
      'example fgsm 8, in the lock 3',
    ]);
    expect(accuracy).toBeCloseTo(0.002, 12);
  });

  test('names files that only one of both has', async () => {
    const lock = await describeFiles();
    const more = { ...lock, files: { ...lock.files, 'results/b.json': { sha256: 'c'.repeat(64) } } };
    expect(compareWithLock(more, lock).files).toEqual([{ path: 'results/b.json', what: 'not in the lock' }]);
    expect(compareWithLock(lock, more).files).toEqual([{ path: 'results/b.json', what: 'not computed' }]);
  });
});

describe('writeResultsLock(path, lock, work)', () => {
  test('reads back as it was written', async () => {
    const path = join(await temporaryFolder(), 'results.lock.json');
    expect(await readResultsLock(path)).toBeUndefined();
    const lock = await describeFiles();
    await writeResultsLock(path, lock);
    expect(await readResultsLock(path)).toEqual(lock);
  });

  test('keeps the platforms on which the same files came out, and only those', async () => {
    const path = join(await temporaryFolder(), 'results.lock.json');
    const lock = await describeFiles();
    await writeFile(path, JSON.stringify({ ...lock, platforms: ['elsewhere'] }));
    await writeResultsLock(path, lock);
    expect((await readResultsLock(path))!.platforms).toEqual(['elsewhere', thisPlatform()]);
    const other = await describeFiles({ 'models/w.bin': 'other' });
    await writeFile(path, JSON.stringify({ ...lock, platforms: ['elsewhere'] }));
    await writeResultsLock(path, other);
    expect((await readResultsLock(path))!.platforms).toEqual([thisPlatform()]);
  });

  test('goes through the work folder and leaves nothing there', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'results.lock.json');
    await writeResultsLock(path, await describeFiles(), join(folder, 'work'));
    await writeResultsLock(path, await describeFiles(), join(folder, 'work'));
    expect(await readdir(join(folder, 'work'))).toEqual([]);
    expect(await readdir(folder)).toEqual(['results.lock.json', 'work']);
  });

  test('readResultsLock(path) throws on a damaged file, and says what to do', async () => {
    const path = join(await temporaryFolder(), 'results.lock.json');
    await writeResultsLock(path, await describeFiles());
    const text = await readFile(path, 'utf8');
    for (const damaged of [text.slice(0, -20), text.replace('"sha256"', '"sha1"'), '<<<<<<< HEAD']) {
      await writeFile(path, damaged);
      await expect(readResultsLock(path)).rejects.toThrow(/not a lock file; restore it.*--update-lock/);
    }
  });
});
