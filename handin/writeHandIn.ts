import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFile } from '../src/compute/build/fileError.ts';
import { makeFolder } from '../src/compute/build/makeFolder.ts';

const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));

/**
 * Makes a folder hold just these files. A file that is there already is left alone, the others are written elsewhere
 * and moved: whoever reads meanwhile finds the old file or the new one, two writers do no harm, and a kill leaves
 * nothing half-written.
 *
 * @param keep names that may stay besides
 */
export async function writeHandIn(
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
  { keep = [] }: { keep?: readonly string[] } = {},
): Promise<void> {
  await withFile(folder, () => makeFolder(folder));
  for (const name of await readdir(folder)) {
    if (!(name in files) && !keep.includes(name))
      await rm(join(folder, name), { recursive: true, force: true });
  }
  await mkdir(cache, { recursive: true });
  const aside = await mkdtemp(join(cache, 'handin-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      const present = await readFile(path).catch(() => undefined);
      if (present && Buffer.compare(present, content) === 0) continue;
      await withFile(path, async () => {
        await writeFile(join(aside, name), content);
        await rename(join(aside, name), path);
      });
    }
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}
