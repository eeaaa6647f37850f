/**
 * What this build is called: the version in package.json and a hash of what the pages show. The hash is taken from the
 * results and the network, not from the clock or the repository, so two builds of equal content carry equal names.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version, and the first seven hexadecimal digits of SHA-256 over names and contents of the published files. */
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

  const sha = createHash('sha256');
  let files = 0;
  for (const folder of ['public/results', 'public/models/mnist-cnn']) {
    if (!existsSync(join(root, folder))) continue;
    const names = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
    for (const name of names) {
      sha
        .update(`${name}\0`)
        .update(readFileSync(join(root, name)))
        .update('\0');
      files++;
    }
  }
  return { version, hash: files === 0 ? 'unbuilt' : sha.digest('hex').slice(0, 7) };
}
