import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { ARCHIVE } from '../../src/report/handInFiles.ts';

/** What the archive of the hand-in holds, by name without its folder. */
export function readArchive(): Record<string, Uint8Array> {
  const files = Object.entries(unzipSync(readFileSync(`dist/handin/${ARCHIVE}`)));
  return Object.fromEntries(
    files.map(([name, content]) => [name.replace(/^adversarial-mnist\//, ''), content]),
  );
}
