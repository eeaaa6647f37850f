import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serve } from './serve.ts';

async function servedFolder(base?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(folder, 'model'));
  await writeFile(join(folder, 'index.html'), '<title>first</title>');
  await writeFile(join(folder, '404.html'), '<title>lost</title>');
  await writeFile(join(folder, 'model', 'index.html'), '<title>model</title>');
  await writeFile(join(folder, 'weights.bin'), new Uint8Array([1, 2, 3]));
  await writeFile(join(folder, 'data.json'), '{}');
  const server = await serve(folder, base === undefined ? {} : { base });
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  return server;
}

test('serve(dir) answers files with their types, folders with their index.html', async () => {
  const { url } = await servedFolder();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await (await fetch(url)).text()).toContain('first');
  expect(await (await fetch(`${url}model/`)).text()).toContain('model');
  expect((await fetch(`${url}data.json`)).headers.get('content-type')).toMatch(/^application\/json/);
  expect((await fetch(`${url}weights.bin`)).headers.get('content-length')).toBe('3');
});

test('serve(dir) answers 404.html with status 404 where there is no file', async () => {
  const { url } = await servedFolder();
  const response = await fetch(`${url}nothing`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('lost');
});

test('serve(dir, { base }) answers under the base path and nowhere else', async () => {
  const { url } = await servedFolder('/report/');
  expect(url).toMatch(/\/report\/$/);
  expect(await (await fetch(url)).text()).toContain('first');
  expect((await fetch(new URL('/', url))).status).toBe(404);
  expect((await fetch(new URL('/data.json', url))).status).toBe(404);
});

test('serve(dir, { base }) throws on a folder without a site and on a base without slashes', async () => {
  await expect(serve('/nowhere')).rejects.toThrow(/no site in .*nowhere.*npm run build/);
  await expect(serve('.', { base: 'report' })).rejects.toThrow('invalid base: report');
});
