import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { handInContents, handInFiles } from '../src/report/handInFiles.ts';
import { readme } from './bundle.ts';
import { sha256 } from '../src/compute/sha256.ts';
import { writeHandIn } from './writeHandIn.ts';

let folder = '';
let places: { root: string; work: string };
beforeEach(() => {
  const base = mkdtempSync(join(tmpdir(), 'handin-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
  places = { root: join(base, 'public'), work: join(base, '.compute') };
  folder = join(places.root, 'handin');
});

const bytes = (text: string) => Buffer.from(text);
const write = (name: string, text: string) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
};

describe('writeHandIn(files, { root })', () => {
  it('removes what an earlier call wrote, and nothing else', async () => {
    write('mine.txt', 'mine');
    mkdirSync(join(folder, 'output'));
    await writeHandIn(
      { 'problem1.py': bytes('old'), 'report.pdf': bytes('old'), 'a.csv': bytes('a') },
      places,
    );
    write('a.csv', 'changed by hand');
    await writeHandIn({ 'problem1.py': bytes('new') }, places);
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'mine.txt', 'output', 'problem1.py']);
    expect(readFileSync(join(folder, 'problem1.py'), 'utf8')).toBe('new');
    expect(readdirSync(places.work)).toEqual(['handin.json']);
  });

  it.each(['{"../victim.txt":"HASH"}', 'no list', '[1]', 'null'])(
    'removes nothing on the word of %s',
    async (list) => {
      const victim = join(places.root, 'victim.txt');
      write('../victim.txt', 'precious');
      mkdirSync(places.work);
      const hash = sha256('precious');
      writeFileSync(join(places.work, 'handin.json'), list.replace('HASH', hash));
      await writeHandIn({ a: bytes('1') }, places);
      expect(readFileSync(victim, 'utf8')).toBe('precious');
    },
  );

  it('does not overwrite a file that somebody else wrote or changed', async () => {
    write('notes.txt', 'mine');
    await expect(writeHandIn({ 'notes.txt': bytes('ours') }, places)).rejects.toThrow(
      `${join(folder, 'notes.txt')}: this file is not one that the build wrote; move it away`,
    );
    await writeHandIn({ a: bytes('1') }, places);
    write('a', 'changed by hand');
    await expect(writeHandIn({ a: bytes('2') }, places)).rejects.toThrow('move it away');
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('changed by hand');
  });

  it('does not touch a file that is as it should be', async () => {
    await writeHandIn({ a: bytes('1'), b: bytes('2') }, places);
    for (const name of ['a', 'b']) utimesSync(join(folder, name), 1, 1);
    await writeHandIn({ a: bytes('1'), b: bytes('3') }, places);
    expect(statSync(join(folder, 'a')).mtimeMs).toBe(1000);
    expect(statSync(join(folder, 'b')).mtimeMs).not.toBe(1000);
  });

  it('names the file that stands where the folder belongs', async () => {
    mkdirSync(places.root);
    writeFileSync(folder, 'in the way');
    await expect(writeHandIn({ a: bytes('1') }, places)).rejects.toThrow(
      `${folder}: a file stands where a folder is needed; move it away`,
    );
  });

  it('may run twice at once', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, bytes(`${i}`)]));
    await Promise.all([writeHandIn(files, places), writeHandIn(files, places)]);
    expect(readdirSync(folder)).toHaveLength(20);
  });
});

describe('handInFiles({ root })', () => {
  it('lists what is there, in the order of the contents, with sizes', async () => {
    await writeHandIn({ 'weights.npz': bytes('1234'), 'problem1.py': bytes('12') }, places);
    expect(handInFiles(places)).toEqual([
      { name: 'problem1.py', href: 'handin/problem1.py', bytes: 2 },
      { name: 'weights.npz', href: 'handin/weights.npz', bytes: 4 },
    ]);
  });

  it('lists nothing before a build', () => {
    expect(handInFiles({ root: '/nowhere' })).toEqual([]);
  });
});

describe('readme()', () => {
  it('says what each file is, but for the archive that it lies in', () => {
    for (const name of Object.keys(handInContents))
      expect(readme().includes(name)).toBe(!name.endsWith('.zip'));
  });
});
