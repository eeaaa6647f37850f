// The texts of the computation's modules as they were when this process began: what is edited later is not what runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256OfText } from '../sha256.ts';

export const project = fileURLToPath(new URL('../../..', import.meta.url));

/** SHA-256 of modules' texts, by absolute path. */
export type Sources = ReadonlyMap<string, string>;

/** The modules under a folder. */
export function readSources(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const paths = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  return new Map(paths.map((path) => [path, digestOf(path)]));
}

function digestOf(path: string): string {
  return sha256OfText(readFileSync(path, 'utf8'));
}

/** The modules of the computation. Commands import this module before any other, so that none is loaded yet. */
export const sourcesAtStart = readSources(join(project, 'src/compute'));

/**
 * Checks that modules are what they were, as far as the sources know them.
 *
 * @throws with the module that was edited meanwhile
 */
export function checkUnchanged(sources: Sources, paths: readonly string[]): void {
  for (const path of paths) {
    const before = sources.get(path);
    if (before === undefined || (existsSync(path) && before === digestOf(path))) continue;
    throw new Error(`${path} was edited while the build ran: nothing was recorded; run the command again`);
  }
}
