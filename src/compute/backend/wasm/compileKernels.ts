// Turns the AssemblyScript sources of our kernels into a WebAssembly module: compiled once, a few seconds, and kept in
// node_modules/.cache under the hash of what it was made from. Safe when several processes or threads start at once.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fusesMultiplyAdd } from './fusesMultiplyAdd.ts';

const folder = join(import.meta.dirname, 'assembly');
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
      writeFile: (name: string, contents: Uint8Array | string) => void;
      listFiles: () => string[];
      stderr: { write: (chunk: unknown) => void };
    },
  ) => Promise<{ error: Error | null }>;
}

function sources(): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** SHA-256, in hexadecimal, of all that decides what the kernels compute: sources, compiler version, flags. */
export function kernelsHash(fused = fusesMultiplyAdd()): string {
  const { version } = JSON.parse(readFileSync(compiler, 'utf8')) as { version: string };
  return createHash('sha256')
    .update(JSON.stringify([version, flagsFor(fused), ...sources()]))
    .digest('hex');
}

/**
 * Compiles AssemblyScript files, `index.ts` among them, to WebAssembly.
 *
 * @param fused whether relaxed SIMD, and with it the fused multiply-add, may be used
 * @throws the compiler's message if it cannot
 */
export async function compileAssembly(
  texts: ReadonlyMap<string, string>,
  fused: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const { main } = (await import(compilerEntry)) as Compiler;
  let binary: Uint8Array | undefined;
  let messages = '';
  const { error } = await main(['index.ts', '--outFile', 'kernels.wasm', ...flagsFor(fused)], {
    readFile: (name) => texts.get(name) ?? null,
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents as Uint8Array;
    },
    listFiles: () => [],
    stderr: {
      write: (chunk) => {
        messages += String(chunk);
      },
    },
  });
  if (error || !binary) {
    throw new Error(`AssemblyScript does not compile: ${messages}`, { cause: error });
  }
  return Uint8Array.from(binary);
}

async function cached(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && WebAssembly.validate(bytes) ? Uint8Array.from(bytes) : undefined;
}

/**
 * Returns our kernels' WebAssembly module, from the cache if it is there and valid. A cache that cannot be written costs
 * the next start those seconds, nothing else. Throws the compiler's message if the sources do not compile.
 */
export async function compileKernels(
  cache = join(dirname(compiler), '..', '.cache', 'wasm-kernels'),
  fused = fusesMultiplyAdd(),
): Promise<WebAssembly.Module> {
  const path = join(cache, `${kernelsHash(fused)}.wasm`);
  const kept = await cached(path);
  if (kept) return WebAssembly.compile(kept);
  const bytes = await compileAssembly(sources(), fused);
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(cache, { recursive: true })
    .then(() => writeFile(temporary, bytes))
    .then(() => rename(temporary, path))
    .catch(() => rm(temporary, { force: true }))
    .catch(() => undefined);
  return WebAssembly.compile(bytes);
}
