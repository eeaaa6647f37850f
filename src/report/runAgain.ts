// How a result is told to have come about: what it was computed from, and what computes it again.
import { readResult } from '../compute/results/readResult.ts';
import { isImported } from '../compute/results/root.ts';

/** The file that the network was imported from; nothing of one that was trained. */
export async function importedFile(): Promise<string | undefined> {
  return isImported() ? (await readResult('imported')).file : undefined;
}

/** The command that computes the result of a stage again; of an imported network that is the whole report. */
export async function runAgain(stage: string): Promise<string> {
  const file = await importedFile();
  return file ? `npm run build -- --network ${file}` : `npm run compute -- --force --only ${stage}`;
}

/** Published files as the pages call them: an imported network does not go by the name of the report's own. */
export function inputNames(paths: readonly string[]): string[] {
  const folders = isImported() ? /^(models\/[^/]+|results)\// : /^(models|results)\//;
  return paths.map((path) => path.replace(folders, ''));
}
