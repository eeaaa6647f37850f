// For whoever reads the results: are they those that the last build vouches for, all of one piece?
import { join } from 'node:path';
import { MANIFEST, readManifest } from './manifest.ts';
import { sha256OfFile } from './sha256.ts';

/**
 * Checks every file that the manifest of a root names against its digest, and that a build has been through them all.
 *
 * @throws if there is no manifest, a build did not reach all stages, or a file is missing, half-written or from another
 *   build: its name and the way out
 */
export async function checkResults(root: string): Promise<void> {
  const { stages, unfinished } = await readManifest(root);
  const records = Object.values(stages);
  if (records.length === 0) {
    throw new Error(`${join(root, MANIFEST)}: nothing was computed yet; run \`npm run compute\``);
  }
  if (unfinished.length > 0) {
    throw new Error(
      `${join(root, MANIFEST)}: ${unfinished.join(', ')} may be out of date, for the last build did not get there; ` +
        'run `npm run compute`, which goes on from where it ended',
    );
  }
  for (const { outputs } of records) {
    for (const [path, expected] of Object.entries(outputs)) {
      const found = await sha256OfFile(join(root, path));
      if (found === expected) continue;
      const what = found === undefined ? 'missing' : `SHA-256 ${found}, expected ${expected}`;
      throw new Error(`${join(root, path)}: ${what}; run \`npm run compute\`, which computes it again`);
    }
  }
}
