// A folder is published whole or not at all: made beside its place by one build at a time, then moved there. Only what
// a build of ours wrote is ever replaced.
import { readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { acquireBuildLock } from '../src/compute/build/buildLock.ts';
import { withFile } from '../src/compute/build/fileError.ts';
import { filesUnder } from '../src/compute/build/filesUnder.ts';
import { makeFolder, removeFolder } from '../src/compute/build/publish.ts';

/** The file by which a build knows a folder that it may replace: it names all that the build wrote there. */
export const BUILD_MARK = '.written-by-build';

/**
 * Puts what `make` writes in the place of a folder, once it is complete; until then the folder is as it was.
 *
 * @param make writes into the folder it is given; what it throws leaves the target untouched
 * @param onWait called once, with who is at it, if another build has to end first
 * @throws if the folder holds a file that no build wrote; what `make` throws; or an error that names the file and the way out
 */
export async function replaceFolder(
  target: string,
  make: (folder: string) => void | Promise<void>,
  onWait: (holder: string) => void = () => undefined,
): Promise<void> {
  await checkReplaceable(target);
  const work = join(dirname(target), '.compute', basename(target));
  const release = await acquireBuildLock(work, { onWait });
  const [made, old] = [join(work, 'new'), join(work, 'old')];
  try {
    await Promise.all([made, old].map(removeFolder));
    await withFile(made, () => makeFolder(made));
    await make(made);
    await writeFile(join(made, BUILD_MARK), `${(await filesUnder(made)).join('\n')}\n`);
    // Somebody may have put a file there while the build ran.
    await checkReplaceable(target);
    await withFile(target, async () => {
      await rename(target, old).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      });
      await rename(made, target);
    });
  } finally {
    await Promise.all([made, old].map((folder) => removeFolder(folder).catch(() => undefined)));
    release();
  }
}

/**
 * The folder that a path names, if a build may have it for itself: outside the project or directly in it.
 *
 * @param path absolute, or relative to the project
 * @throws if the folder is the project, lies above it or among its sources
 */
export async function outFolder(path: string, project: string): Promise<string> {
  const folder = await realPath(resolve(project, path));
  const root = await realpath(project);
  const among = contains(root, folder) && dirname(folder) !== root;
  if (path === '' || contains(folder, root) || among) {
    throw new Error(
      `invalid --outDir: '${path}', expected a folder outside the project or directly in it, such as dist`,
    );
  }
  return folder;
}

/** Whether a path is the folder or lies in it. */
function contains(folder: string, path: string): boolean {
  const [first] = relative(folder, path).split(sep);
  return first !== '..' && !isAbsolute(relative(folder, path));
}

/** The path with symbolic links resolved, as far as it exists. */
async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realPath(dirname(path)), basename(path));
  }
}

async function checkReplaceable(folder: string): Promise<void> {
  const mark = await readFile(join(folder, BUILD_MARK), 'utf8').catch(() => '');
  const ours = new Set([BUILD_MARK, ...mark.split('\n')]);
  const foreign = (await filesUnder(folder)).find((file) => !ours.has(file));
  if (foreign !== undefined) {
    throw new Error(
      `${folder} holds a file that no build wrote: ${foreign}; move it away, or name another folder with --outDir`,
    );
  }
}
