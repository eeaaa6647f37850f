import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../sha256.ts';
import { networkFiles } from './networkFiles.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

const manifest = (...paths: string[]) => JSON.stringify({ weightsManifest: [{ paths, weights: [] }] });

test('networkFiles(path) reads a model.json with the weight files that it names, from the file or its folder', async () => {
  const folder = await temporaryFolder();
  const json = manifest('a.bin', 'b.bin');
  await writeFiles(folder, { 'model.json': json, 'a.bin': 'aa', 'b.bin': 'b', 'other.bin': 'x' });
  for (const path of [folder, join(folder, 'model.json')]) {
    const { files, sha256: found } = await networkFiles(path);
    expect(files.map(({ name }) => name)).toEqual(['model.json', 'a.bin', 'b.bin']);
    expect(found).toBe(sha256(`${json}aab`));
  }
});

test('networkFiles(path) minds neither a byte order mark nor capitals', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { 'MODEL.JSON': `\ufeff${manifest('a.bin')}`, 'a.bin': 'aa' });
  const { files } = await networkFiles(join(folder, 'MODEL.JSON'));
  expect(files.map(({ name }) => name)).toEqual(['MODEL.JSON', 'a.bin']);
});

test('networkFiles(path) reads nothing outside the folder, whatever a model.json names', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'in'));
  await writeFiles(folder, {
    'secret.bin': 's',
    'in/model.json': manifest('../secret.bin', '..', '/etc/passwd'),
  });
  expect((await networkFiles(join(folder, 'in'))).files.map(({ name }) => name)).toEqual(['model.json']);
});

test('networkFiles(path) names the file that is not there, and one that is too large', async () => {
  const folder = await temporaryFolder();
  await expect(networkFiles(join(folder, 'net.onnx'))).rejects.toThrow(
    `invalid --network: there is no file ${join(folder, 'net.onnx')}`,
  );
  await writeFiles(folder, { 'model.json': manifest('gone.bin') });
  await expect(networkFiles(folder)).rejects.toThrow(`there is no file ${join(folder, 'gone.bin')}`);
  await writeFile(join(folder, 'large.onnx'), new Uint8Array(65 * 1024 * 1024));
  await expect(networkFiles(join(folder, 'large.onnx'))).rejects.toThrow('expected at most');
});
