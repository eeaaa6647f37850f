import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsRoot } from '../compute/results/root.ts';
import { sha256 } from '../compute/sha256.ts';

/**
 * What this build is called: the version in package.json, and the first seven hexadecimal digits of the SHA-256 of the results'
 * manifest, which names every file's. Neither the clock nor the repository is asked, so two builds of equal content carry equal
 * names. The hash is `unbuilt` while nothing has been computed, so that checks of types and style run before.
 */
export function buildInfo({ root = resultsRoot } = {}): { version: string; hash: string } {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const results = join(root, 'results/manifest.json');
  return { version, hash: existsSync(results) ? sha256(readFileSync(results)).slice(0, 7) : 'unbuilt' };
}
