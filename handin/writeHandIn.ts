import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { makeFolder, publish, removeFolder, withFile, writeAtomically } from '../src/compute/build/files.ts';
import { resultsRoot } from '../src/compute/results/root.ts';
import { sha256, sha256OfFile } from '../src/compute/sha256.ts';
import { HAND_IN_FOLDER } from '../src/report/handInFiles.ts';

/**
 * Makes the bundle's folder hold these files, and none that an earlier call wrote and nobody changed since; other
 * files stay, and stop the call if they have the name of one of these. Each file is written elsewhere and moved: whoever reads meanwhile finds the old file or the new one, two
 * writers do no harm, and a kill leaves nothing half-written.
 *
 * @param root folder that holds the bundle's own
 * @throws if a file with the name of one of these is of somebody else, before it is touched
 */
export async function writeHandIn(
  files: Readonly<Record<string, Uint8Array>>,
  { root = resultsRoot } = {},
): Promise<void> {
  const folder = join(root, HAND_IN_FOLDER);
  // On the same disk, for what is not to be published: the list of what was written, files on their way.
  const work = join(root, '../.compute');
  const record = join(work, 'handin.json');
  const earlier = await readRecord(record);
  await withFile(folder, () => makeFolder(folder));
  await withFile(work, () => makeFolder(work));
  for (const [name, hash] of Object.entries(earlier)) {
    const path = join(folder, name);
    if (!(name in files) && (await sha256OfFile(path)) === hash) await rm(path, { force: true });
  }
  const aside = await mkdtemp(join(work, 'handin-'));
  const written: Record<string, string> = {};
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      written[name] = sha256(content);
      const found = await sha256OfFile(path);
      if (found === written[name]) continue;
      if (found !== undefined && found !== earlier[name])
        throw new Error(`${path}: this file is not one that the build wrote; move it away`);
      await withFile(path, () => writeFile(join(aside, name), content));
      await publish(join(aside, name), path);
    }
    await writeAtomically(record, JSON.stringify(written), aside);
  } finally {
    await removeFolder(aside);
  }
}

/** SHA-256 of each file that the last call wrote, by name; nothing if the list is missing or not one of ours. */
async function readRecord(path: string): Promise<Record<string, string>> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
    return Object.fromEntries(Object.entries(record).filter(([name]) => basename(name) === name));
  } catch {
    return {};
  }
}
