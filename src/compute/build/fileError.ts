// Errors of the file system in words: which file, what is wrong, what to do.

const causes: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space and run the command again',
  EDQUOT: 'the disk quota is used up; free some space and run the command again',
  EFBIG: 'the file may not grow that large; raise the limit (ulimit -f) and run the command again',
  EROFS: 'the file system is read-only; work in a copy on a writable disk',
  EACCES: 'permission denied; make it writable for this user',
  EPERM: 'not permitted; make it writable for this user',
  ENOTDIR: 'a file stands where a folder is needed; move it away',
  EEXIST: 'a file stands where a folder is needed; move it away',
  EISDIR: 'a folder stands where a file is needed; move it away',
  ENOTEMPTY: 'a folder stands where a file is needed; move it away',
  ENAMETOOLONG: 'the path is too long; move the project nearer to the root of the disk',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  EBUSY: 'it is in use, or a disk of its own; free it and run the command again',
  EXDEV: 'it lies on another disk than its work folder; both must be on one',
};

/**
 * Runs the work; if the file system refuses it, says which file, what is wrong and what to do.
 *
 * @param path the file or folder in hand, for errors that do not name one
 */
export async function withFile<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path: named, dest } = error as NodeJS.ErrnoException & { dest?: string };
    const cause = code === undefined || !(error instanceof Error) ? undefined : causes[code];
    if (cause === undefined) throw error;
    const file = (code === 'EBUSY' ? named : (dest ?? named)) ?? path;
    throw Object.assign(new Error(`${file}: ${cause} (${code})`, { cause: error }), { code });
  }
}
