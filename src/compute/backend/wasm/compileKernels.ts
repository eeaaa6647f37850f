// Turns the AssemblyScript sources of our kernels into a WebAssembly module: compiled once, a few seconds, and kept in
// node_modules/.cache under the hash of what it was made from. Safe when several processes or threads start at once.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { sha256 } from '../../sha256.ts';

const folder = join(import.meta.dirname, 'assembly');
const entries = ['convolution.ts', 'elementwise.ts', 'filterGradient.ts', 'inputGradient.ts', 'pooling.ts'];
const compiler = createRequire(import.meta.url).resolve('assemblyscript/package.json');
const flagsFor = (fused: boolean) => [
  ...['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd'],
  ...['--importMemory', '--initialMemory', '0', '--disableWarning', '201'],
  ...(fused ? ['--enable', 'relaxed-simd'] : []),
];

// The compiler's own types declare AssemblyScript's globals for the whole program: `Array.prototype.at` would no longer
// return undefined. So it is imported by a name that the type checker does not follow.
const compilerEntry = 'assemblyscript/asc' as string;

interface Compiler {
  main: (
    args: string[],
    files: {
      readFile: (name: string) => string | null;
      writeFile: (name: string, contents: Uint8Array) => void;
      listFiles: () => string[];
    },
  ) => Promise<{ error: Error | null; stderr: { toString: () => string } }>;
}

/** Absolute paths of the kernels' sources. */
export function kernelFiles(): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return names.sort().map((name) => join(folder, name));
}

function sources() {
  const text = (path: string) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  return new Map(kernelFiles().map((path) => [basename(path), text(path)]));
}

/** SHA-256, in hexadecimal, of all that decides what the kernels compute: sources, compiler version, flags. */
export function kernelsHash(fused = fusesMultiplyAdd()): string {
  const { version } = JSON.parse(readFileSync(compiler, 'utf8')) as { version: string };
  return sha256(JSON.stringify([version, flagsFor(fused), ...sources()]));
}

/**
 * Compiles AssemblyScript files to WebAssembly.
 *
 * @param texts the files by name
 * @param exporters names of those whose exports the module exports
 * @param fused whether relaxed SIMD, and with it the fused multiply-add, may be used
 * @throws the compiler's message if it cannot
 */
export async function compileAssembly(
  texts: ReadonlyMap<string, string>,
  exporters: readonly string[],
  fused: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const { main } = (await import(compilerEntry)) as Compiler;
  let binary: Uint8Array | undefined;
  const { error, stderr } = await main([...exporters, '--outFile', 'kernels.wasm', ...flagsFor(fused)], {
    readFile: (name) => texts.get(name) ?? null,
    writeFile: (_, contents) => {
      binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary)
    throw new Error(`AssemblyScript does not compile: ${stderr.toString()}`, { cause: error });
  return Uint8Array.from(binary);
}

/** The module in the cache whose name begins with the hash, if its bytes are those that its name ends with. */
async function cached(cache: string, hash: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (const name of await readdir(cache).catch(() => [])) {
    if (!name.startsWith(hash) || !name.endsWith('.wasm')) continue;
    const bytes = await readFile(join(cache, name)).catch(() => undefined);
    if (bytes && name === `${hash}-${sha256(bytes)}.wasm`) return Uint8Array.from(bytes);
  }
  return undefined;
}

/**
 * Returns our kernels' WebAssembly module, from the cache if it is there and undamaged. A cache that cannot be written
 * costs the next start those seconds, nothing else. Throws the compiler's message if the sources do not compile.
 */
export async function compileKernels(
  cache = join(dirname(compiler), '..', '.cache', 'wasm-kernels'),
  fused = fusesMultiplyAdd(),
): Promise<WebAssembly.Module> {
  const hash = kernelsHash(fused);
  const kept = await cached(cache, hash);
  if (kept) return WebAssembly.compile(kept);
  const bytes = await compileAssembly(sources(), entries, fused);
  await keep(cache, hash, bytes).catch(() => undefined);
  return WebAssembly.compile(bytes);
}

async function keep(cache: string, hash: string, bytes: Uint8Array): Promise<void> {
  const name = `${hash}-${sha256(bytes)}.wasm`;
  const temporary = `${hash}-${randomUUID()}`;
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, temporary), bytes);
  await rename(join(cache, temporary), join(cache, name));
  // What a kill left behind. Whoever is still at it has a module that is as good.
  const left = (await readdir(cache)).filter((other) => other.startsWith(hash) && other !== name);
  await Promise.all(left.map((other) => rm(join(cache, other), { force: true })));
}

// Relaxed SIMD leaves it to the processor whether a multiply-add rounds once or twice: one instruction where there is a
// fused form (x86 since 2013, all 64-bit ARM), two elsewhere. Within one engine the answer never changes; it
// chooses the kernels and stands in the backend's identity.

/**
 * (module (func (export "madd") (param f32 f32 f32) (result f32)
 *   (f32x4.extract_lane 0 (f32x4.relaxed_madd
 *     (f32x4.splat (local.get 0)) (f32x4.splat (local.get 1)) (f32x4.splat (local.get 2))))))
 */
const probe = Buffer.from(
  '0061736d0100000001080160037d7d7d017d03020100070801046d6164640000' +
    '0a160114002000fd132001fd132002fd13fd8502fd1f000b',
  'hex',
);

/** Whether this engine, on this processor, has a multiply-add in relaxed SIMD that rounds once. */
export function fusesMultiplyAdd(): boolean {
  if (!WebAssembly.validate(probe)) return false;
  const { madd } = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports as {
    madd: (a: number, b: number, c: number) => number;
  };
  // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, whose last term only an unrounded product keeps.
  const factor = 1 + 2 ** -12;
  return madd(factor, factor, -1 - 2 ** -11) === 2 ** -24;
}
