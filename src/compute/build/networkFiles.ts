// The files of a network on disk: one file, or a model.json with the weight files beside it.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NetworkFiles } from '../experiments/importNetwork.ts';
import { MOST_BYTES } from '../networks/import/refusal.ts';
import { sha256 } from '../sha256.ts';

/**
 * A network's files by the path of one, or of the folder with its `model.json`.
 *
 * @throws if there is no such file, or it is too large to be one
 */
export async function networkFiles(path: string): Promise<Pick<NetworkFiles, 'files' | 'sha256'>> {
  const main = (await found(path)).isDirectory() ? join(path, 'model.json') : path;
  const files = [await named(main)];
  if (/\.json$/i.test(main)) {
    for (const name of weightFilesOf(files[0]!.bytes)) files.push(await named(join(dirname(main), name)));
  }
  return { files, sha256: sha256(Buffer.concat(files.map(({ bytes }) => bytes))) };
}

/** Names of the weight files of a model.json, those in its own folder; what else is wrong with it is for its reader to say. */
function weightFilesOf(bytes: Uint8Array): string[] {
  try {
    const { weightsManifest } = JSON.parse(new TextDecoder().decode(bytes)) as {
      weightsManifest: { paths: string[] }[];
    };
    return weightsManifest
      .flatMap(({ paths }) => paths)
      .filter((name) => basename(name) === name && name !== '..');
  } catch {
    return [];
  }
}

async function named(path: string) {
  const { size } = await found(path);
  if (size > MOST_BYTES)
    throw new Error(`invalid --network: ${path} has ${size} bytes, expected at most ${MOST_BYTES}`);
  return { name: basename(path), bytes: new Uint8Array(await readFile(path)) };
}

async function found(path: string) {
  const entry = await stat(path).catch(() => undefined);
  if (entry) return entry;
  throw new Error(`invalid --network: there is no file ${path}`);
}
