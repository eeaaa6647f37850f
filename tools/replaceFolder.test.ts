import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../src/compute/build/testing/temporaryFolder.ts';
import { BUILD_MARK, outFolder, replaceFolder } from './replaceFolder.ts';

const write = (text: string) => (folder: string) => writeFile(join(folder, 'index.html'), text);

test('replaceFolder(target, make) leaves what was made, and nothing of before', async () => {
  const target = join(await temporaryFolder(), 'dist');
  await mkdir(target);
  await replaceFolder(target, async (folder) => {
    await writeFiles(folder, { 'index.html': 'first', 'old/page.html': 'first' });
  });
  await replaceFolder(target, write('second'));
  expect(await readdir(target)).toEqual([BUILD_MARK, 'index.html']);
  expect(await readFile(join(target, 'index.html'), 'utf8')).toBe('second');
});

test('replaceFolder(target, make) leaves the folder as it was if it is not made to the end', async () => {
  const target = join(await temporaryFolder(), 'dist');
  await replaceFolder(target, write('whole'));
  const failing = async (folder: string) => {
    await write('half')(folder);
    throw new Error('the pages do not build');
  };
  await expect(replaceFolder(target, failing)).rejects.toThrow('the pages do not build');
  expect(await readFile(join(target, 'index.html'), 'utf8')).toBe('whole');
  // As a build that was killed leaves it.
  await writeFiles(join(target, '../.compute/dist/new'), { 'half.html': 'half' });
  await replaceFolder(target, write('next'));
  expect(await readdir(target)).toEqual([BUILD_MARK, 'index.html']);
  expect(await readdir(join(target, '../.compute/dist'))).not.toContain('new');
});

test('replaceFolder(target, make) brings back what a build that was killed between its two renames moved away', async () => {
  const target = join(await temporaryFolder(), 'dist');
  await replaceFolder(target, write('whole'));
  await rename(target, join(target, '../.compute/dist/old'));
  const failing = () => Promise.reject(new Error('the pages do not build'));
  await expect(replaceFolder(target, failing)).rejects.toThrow('the pages do not build');
  expect(await readFile(join(target, 'index.html'), 'utf8')).toBe('whole');
  expect(await readdir(join(target, '../.compute/dist'))).toEqual(['lock', 'lock-holder.txt']);
});

test('replaceFolder(target, make), twice at once: one waits and says so, and the last one stays', async () => {
  const target = join(await temporaryFolder(), 'dist');
  const waits: string[] = [];
  let atWork = 0;
  const slowly = (text: string) => async (folder: string) => {
    expect(++atWork).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await write(text)(folder);
    atWork--;
  };
  await Promise.all(
    ['one', 'two'].map((text) => replaceFolder(target, slowly(text), (who) => waits.push(who))),
  );
  expect(waits).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  expect(await readdir(target)).toEqual([BUILD_MARK, 'index.html']);
});

test('replaceFolder(target, make) names the file that stands where the folder belongs', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, '.compute'));
  await writeFile(join(folder, '.compute/dist'), 'in the way');
  await expect(replaceFolder(join(folder, 'dist'), write('x'))).rejects.toThrow(
    /\.compute\/dist: a file stands where a folder is needed; move it away/,
  );
});

test('replaceFolder(target, make) leaves a folder alone that holds a file no build wrote, and names the file', async () => {
  const target = join(await temporaryFolder(), 'dist');
  await writeFiles(target, { '.git/HEAD': 'ref: refs/heads/main' });
  await expect(replaceFolder(target, write('x'))).rejects.toThrow(
    'holds a file that no build wrote: .git/HEAD; move it away, or name another folder with --outDir',
  );
  const built = join(await temporaryFolder(), 'dist');
  await replaceFolder(built, write('first'));
  await writeFiles(built, { 'notes.txt': 'mine' });
  await expect(replaceFolder(built, write('x'))).rejects.toThrow('notes.txt');
  expect(await readFile(join(built, 'index.html'), 'utf8')).toBe('first');
  const meanwhile = join(await temporaryFolder(), 'dist');
  const making = replaceFolder(meanwhile, () => writeFiles(meanwhile, { 'notes.txt': 'mine' }));
  await expect(making).rejects.toThrow('notes.txt');
  expect(await readdir(meanwhile)).toEqual(['notes.txt']);
});

test('outFolder(path, project) is a folder outside the project or directly in it, never the project or its sources', async () => {
  const folder = await temporaryFolder();
  const project = join(folder, 'project');
  await writeFiles(project, { 'src/index.ts': '', '.git/HEAD': '' });
  await symlink(project, join(folder, 'link'));
  expect(await outFolder('dist', project)).toBe(join(project, 'dist'));
  expect(await outFolder('../site', project)).toBe(join(folder, 'site'));
  expect(await outFolder('..site', project)).toBe(join(project, '..site'));
  for (const path of ['', '.', '..', '../..', '/', 'src/new', '../link', '../link/src/new', project]) {
    await expect(outFolder(path, project), path).rejects.toThrow(`invalid --outDir: '${path}'`);
  }
  await expect(replaceFolder(await outFolder('src', project), write('x'))).rejects.toThrow('index.ts');
});
