// How a result is told to have come about: what it was computed from, and what computes it again.
import { shortHash } from '../components/format.ts';
import { resultPath } from '../compute/results/files.ts';
import { publishedResults, readResult } from '../compute/results/readResult.ts';
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

/** One row for each result: its file, its stage, the code, what it was computed from, and the backend. */
export function provenanceRows(): Promise<string[][]> {
  return Promise.all(
    publishedResults().map(async (name) => {
      const { stage, code, inputs, backend } = (await readResult(name)).provenance;
      const from = inputNames(Object.keys(inputs)).join(', ') || 'MNIST alone';
      return [
        `<a href="/${resultPath(name)}" download>${name}.json</a>`,
        `<code>${stage}</code>`,
        `<code title="${code}">${shortHash(code)}</code>`,
        stage === 'import' ? 'the file and MNIST' : from,
        `${backend.name}, ${backend.device}`,
      ];
    }),
  );
}
