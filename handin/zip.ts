import { zipSync } from 'fflate';

/** The earliest date that the format knows, in local time as the format has it: the same bytes in every zone. */
const date = new Date(1980, 0, 1);

/** Files that are compressed already gain nothing from a second time. */
const compressed = /\.(?:gz|npz|pdf|png)$/;

/**
 * Files by name as a zip archive: names in order, one fixed date, so that equal files give equal bytes.
 *
 * @throws if there is no file, or a name is empty, absolute, or leads out of the folder
 */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = Object.keys(files).sort();
  if (names.length === 0) throw new RangeError('invalid archive: no files, expected at least one');
  for (const name of names) {
    if (!name || name.split('/').some((part) => ['', '.', '..'].includes(part)) || name.includes('\\')) {
      throw new RangeError(`invalid name: "${name}", expected a path of the form folder/file`);
    }
  }
  return zipSync(
    Object.fromEntries(names.map((name) => [name, [files[name]!, { level: compressed.test(name) ? 0 : 9 }]])),
    { mtime: date },
  );
}
