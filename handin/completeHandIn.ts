import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARCHIVE, HAND_IN_FOLDER, REPORT_PDF } from './contents.ts';
import { printReport, type PrintOptions } from './printReport.ts';
import { writeHandIn } from './writeHandIn.ts';
import { zip } from './zip.ts';

/** Folder that the archive unpacks to. */
const folderInArchive = ARCHIVE.replace(/\.zip$/, '');

/**
 * Adds the printed report and the archive of everything to a bundle.
 *
 * @param root folder that holds the bundle's own
 * @returns the sizes of both in bytes
 * @throws if the site is not built, or the bundle is not there
 */
export async function completeHandIn({
  root = 'public',
  ...print
}: PrintOptions & { root?: string }): Promise<{ pdf: number; archive: number }> {
  const folder = join(root, HAND_IN_FOLDER);
  const pdf = await printReport(print);
  const names = (await readdir(folder)).filter((name) => name !== ARCHIVE && name !== REPORT_PDF);
  const entries = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  const files: Record<string, Uint8Array> = { ...Object.fromEntries(entries), [REPORT_PDF]: pdf };
  const archive = zip(
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [`${folderInArchive}/${name}`, content]),
    ),
  );
  await writeHandIn(folder, { ...files, [ARCHIVE]: archive });
  return { pdf: pdf.length, archive: archive.length };
}
