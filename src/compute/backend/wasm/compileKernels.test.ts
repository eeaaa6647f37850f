import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compileKernels, fusesMultiplyAdd, kernelsHash } from './compileKernels.ts';
import { testValues } from './testing/kernelProperties.ts';

it('compileKernels, twice at once, replaces a damaged cache file and leaves nothing else', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'kernels-'));
  const first = await compileKernels(cache);
  const [name] = await readdir(cache);
  const path = join(cache, name!);
  const bytes = await readFile(path);
  await writeFile(join(cache, `${kernelsHash()}-left-by-a-kill`), '');
  // A flipped bit of a constant: the module is still a valid one, and computes something else.
  const damaged = Uint8Array.from(bytes);
  const place = damaged.findIndex((_, i) => WebAssembly.validate(withFlippedBit(bytes, i)));
  damaged.set(withFlippedBit(bytes, place));
  await writeFile(path, damaged);
  const [second, third] = await Promise.all([compileKernels(cache), compileKernels(cache)]);
  expect(await readdir(cache)).toEqual([name]);
  expect(await readFile(path)).toEqual(bytes);
  for (const module of [second, third, await compileKernels(cache)]) {
    expect(WebAssembly.Module.exports(module)).toEqual(WebAssembly.Module.exports(first));
  }
  await rm(cache, { recursive: true });
}, 60_000);

function withFlippedBit(bytes: Uint8Array, place: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  copy[place]! ^= 1;
  return copy;
}

it('compileKernels works without a cache that can be written', async () => {
  const module = await compileKernels(import.meta.filename);
  expect(WebAssembly.Module.exports(module).map(({ name }) => name)).toContain('conv2D');
}, 60_000);

it('with and without fused multiply-add the kernels compute the same product, to the last rounding', async () => {
  const [rows, inner, columns] = [5, 37, 11];
  const [a, b] = [testValues(rows * inner, 1), testValues(inner * columns, 2)];
  const products = [];
  for (const fused of [false, true]) {
    const memory = new WebAssembly.Memory({ initial: 2 });
    const { exports } = await WebAssembly.instantiate(await compileKernels(undefined, fused), {
      env: { memory },
    });
    const { conv2D } = exports as Record<'conv2D', (...values: number[]) => void>;
    const [at, left, right, out, scratch] = [16, 1_024, 4_096, 16_384, 32_768];
    // A product of matrices is a 1 × 1 convolution.
    new Int32Array(memory.buffer, at).set([rows, 1, 1, inner, 1, 1, columns, 1, 1, 1, 1, 0, 0]);
    new Float32Array(memory.buffer, left).set(a);
    new Float32Array(memory.buffer, right).set(b);
    conv2D(left, right, 0, out, at, scratch, -Infinity);
    products.push([...new Float32Array(memory.buffer, out, rows * columns)]);
  }
  const exact = Array.from({ length: rows * columns }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum += a[Math.floor(i / columns) * inner + k]! * b[k * columns + (i % columns)]!;
    return sum;
  });
  for (const product of products)
    for (const [i, value] of product.entries()) expect(Math.abs(value - exact[i]!)).toBeLessThan(1e-5);
  if (fusesMultiplyAdd()) expect(products[0]).not.toEqual(products[1]);
}, 60_000);

it('kernelsHash tells the fused kernels from the others', () => {
  expect(kernelsHash(true)).not.toBe(kernelsHash(false));
});
