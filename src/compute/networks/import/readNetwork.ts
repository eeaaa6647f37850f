// Files as networks: the format is found out, and whatever is wrong is said in one sentence. Nothing in a file is executed.
import { unzipSync } from 'fflate';
import type { Network } from '../layers.ts';
import { endChain } from './chain.ts';
import { readKeras } from './readKeras.ts';
import { MOST_BYTES, Refusal, tooLarge } from './refusal.ts';

/** A file by its name, without folders. */
export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

const mostJson = MOST_BYTES / 16;

/**
 * The network in a file: ONNX, or a tfjs layers model as `model.json` with its weight files or as a zip of them.
 *
 * @param files the one that was chosen, and those beside it
 * @returns the network, and what was done to it on the way, in sentences
 * @throws Refusal, whatever the bytes are
 */
export async function readNetwork(files: readonly NamedFile[]) {
  try {
    const all = unpack(files);
    if (all.reduce((sum, { bytes }) => sum + bytes.length, 0) > MOST_BYTES) throw tooLarge(files[0]!.name);
    // Beside a model.json other tools put descriptions of their own.
    const main =
      all.find(({ name }) => /\.onnx$|^model\.json$/i.test(name)) ??
      all.find(({ name }) => /\.json$/i.test(name));
    if (!main)
      throw new Refusal(
        files.map(({ name }) => name).join(', ') || 'no file',
        'no .onnx and no model.json among them',
        'export as ONNX or as a tfjs layers model; save_network.py shows how',
      );
    if (/\.json$/i.test(main.name) && main.bytes.length > mostJson) throw tooLarge(main.name);
    const isOnnx = /\.onnx$/i.test(main.name);
    const chain = isOnnx
      ? (await import('./readOnnx.ts')).readOnnx(main.bytes)
      : await readKeras(JSON.parse(new TextDecoder().decode(main.bytes)), (name) => beside(all, name));
    const network: Network = { name: nameOf(files[0]!.name), ...endChain(chain) };
    return { network, notes: [...chain.notes] };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(files[0]?.name ?? 'no file', `it cannot be read: ${reason}`, 'copy or export it again');
  }
}

function nameOf(file: string): string {
  const words = file.replace(/\.[^.]*$/, '').replace(/[^\w-]+/g, '_');
  return words.slice(0, 60) || 'network';
}

function beside(files: readonly NamedFile[], wanted: string): Uint8Array {
  const found = files.find(({ name }) => name === wanted);
  if (found) return found.bytes;
  throw new Refusal(
    'model.json',
    `its weights are in ${wanted}, which is not beside it`,
    'give both files, or a zip of them',
  );
}

/** The files, those of a zip in its place. */
function unpack(files: readonly NamedFile[]): NamedFile[] {
  return files.flatMap((file) => {
    const isZip = file.bytes[0] === 0x50 && file.bytes[1] === 0x4b;
    if (!isZip) return [file];
    let total = 0;
    const unpacked = unzipSync(file.bytes, {
      // Sizes as the archive declares them: nothing is unpacked beyond.
      filter: ({ name, originalSize }) => {
        // Weights of older tools have no extension; what macOS adds begins with "._".
        if (!/^(?!\._)([^.]+|.*\.(onnx|json|bin))$/i.test(bare(name))) return false;
        total += originalSize;
        if (total > MOST_BYTES) throw tooLarge(file.name);
        return true;
      },
    });
    return Object.entries(unpacked).map(([name, bytes]) => ({ name: bare(name), bytes }));
  });
}

/** A name without its folders, which some tools of Windows write with backslashes. */
function bare(path: string): string {
  return path.split(/[\\/]/).pop()!;
}
