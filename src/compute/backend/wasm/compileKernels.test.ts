import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernels, kernelsHash } from './compileKernels.ts';

it('compileKernels, twice at once, replaces a damaged cache file and leaves nothing else', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'kernels-'));
  const path = join(cache, `${kernelsHash()}.wasm`);
  await writeFile(path, 'damaged');
  const [first, second] = await Promise.all([compileKernels(cache), compileKernels(cache)]);
  expect(await readdir(cache)).toEqual([basename(path)]);
  expect(WebAssembly.validate(await readFile(path))).toBe(true);
  const third = await compileKernels(cache);
  for (const module of [second, third]) {
    expect(WebAssembly.Module.exports(module)).toEqual(WebAssembly.Module.exports(first));
  }
  await rm(cache, { recursive: true });
}, 60_000);

it('compileKernels works without a cache that can be written', async () => {
  const module = await compileKernels(import.meta.filename);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toContain('conv2D');
}, 60_000);
