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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contents, readme } from './contents.ts';
import { handInFiles } from './handInFiles.ts';
import { writeHandIn } from './writeHandIn.ts';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'handin-'));
  folder = join(root, 'handin');
});
afterEach(() => rmSync(root, { recursive: true }));

const bytes = (text: string) => Buffer.from(text);

describe('writeHandIn(folder, files, { keep })', () => {
  it('leaves just these files and those to keep', async () => {
    mkdirSync(folder);
    for (const name of ['report.pdf', 'old.csv', 'problem1.py']) writeFileSync(join(folder, name), 'old');
    mkdirSync(join(folder, 'output'));
    await writeHandIn(folder, { 'problem1.py': bytes('new') }, { keep: ['report.pdf'] });
    expect(readdirSync(folder).sort()).toEqual(['problem1.py', 'report.pdf']);
    expect(readFileSync(join(folder, 'problem1.py'), 'utf8')).toBe('new');
  });

  it('does not touch a file that is as it should be', async () => {
    await writeHandIn(folder, { a: bytes('1'), b: bytes('2') });
    for (const name of ['a', 'b']) utimesSync(join(folder, name), 1, 1);
    await writeHandIn(folder, { a: bytes('1'), b: bytes('3') });
    expect(statSync(join(folder, 'a')).mtimeMs).toBe(1000);
    expect(statSync(join(folder, 'b')).mtimeMs).not.toBe(1000);
  });

  it('names the file that stands where the folder belongs', async () => {
    writeFileSync(folder, 'in the way');
    await expect(writeHandIn(folder, { a: bytes('1') })).rejects.toThrow(
      `${folder}: a file stands where a folder is needed; move it away`,
    );
  });

  it('may run twice at once', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, bytes(`${i}`)]));
    await Promise.all([writeHandIn(folder, files), writeHandIn(folder, files)]);
    expect(readdirSync(folder)).toHaveLength(20);
  });
});

describe('handInFiles({ root })', () => {
  it('lists what is there, in the order of the contents, with sizes', async () => {
    await writeHandIn(folder, { 'weights.npz': bytes('1234'), 'problem1.py': bytes('12') });
    expect(handInFiles({ root })).toEqual([
      { name: 'problem1.py', href: 'handin/problem1.py', label: contents['problem1.py'], bytes: 2 },
      { name: 'weights.npz', href: 'handin/weights.npz', label: contents['weights.npz'], bytes: 4 },
    ]);
  });

  it('lists nothing before a build', () => {
    expect(handInFiles({ root: '/nowhere' })).toEqual([]);
  });
});

describe('readme()', () => {
  it('says what each file is, but for the archive that it lies in', () => {
    for (const name of Object.keys(contents)) expect(readme().includes(name)).toBe(!name.endsWith('.zip'));
  });
});
