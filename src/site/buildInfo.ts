/**
 * What this build is called: the version in package.json and a hash of what the pages show. The hash is taken from the
 * record of the results, not from the clock or the repository, so two builds of equal content carry equal names.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../compute/sha256.ts';

/** Version, and the first seven hexadecimal digits of the SHA-256 of the results' manifest, which names every file's. */
export interface BuildInfo {
  readonly version: string;
  readonly hash: string;
}

/**
 * Reads the build's name from the files of a project. The hash is `unbuilt` while nothing has been computed, so that
 * checks of types and style run before the first computation.
 *
 * @throws when package.json has no version.
 */
export function buildInfo(root: string = process.cwd()): BuildInfo {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest && 'version' in manifest ? manifest.version : undefined;
  if (typeof version !== 'string')
    throw new Error(`no version in ${join(root, 'package.json')}: expected a string`);

  const results = join(root, 'public/results/manifest.json');
  return { version, hash: existsSync(results) ? sha256(readFileSync(results)).slice(0, 7) : 'unbuilt' };
}
