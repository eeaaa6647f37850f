// The committed record of the report's results on the default backend, against which every build compares its own.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { headlineSchema, type Headline } from '../results/headline.ts';
import { digest } from '../results/values.ts';
import { canonicalJson, sha256 } from '../sha256.ts';
import { withFile } from './fileError.ts';
import { writeAtomically } from './publish.ts';

const fileSchema = z.strictObject({
  sha256: digest,
  /** Of a JSON file: the first digits of each part's digest, so that a difference can be placed. */
  parts: z.record(z.string(), z.string()).optional(),
});

const lockSchema = z.strictObject({
  backend: z.string(),
  /** Where exactly these files came out. */
  platforms: z.array(z.string()).min(1),
  headline: headlineSchema,
  files: z.record(z.string(), fileSchema),
});

/** What `results.lock.json` holds. */
export type ResultsLock = z.infer<typeof lockSchema>;

/** Name of the file, at the top of the project. */
export const RESULTS_LOCK = 'results.lock.json';

/** This machine's platform, as it is named in the lock. */
export function thisPlatform(): string {
  return `${process.platform}-${process.arch} node-${process.version}`;
}

/** Reads the lock; undefined if there is none. Throws if it is damaged. */
export async function readResultsLock(path: string): Promise<ResultsLock | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `${path}: not a lock file; restore it from version control, or write it anew with --update-lock`,
      {
        cause: error,
      },
    );
  }
}

/** The lock that the files of a root come to. */
export async function describeResults(
  root: string,
  paths: readonly string[],
  { backend, headline }: Pick<ResultsLock, 'backend' | 'headline'>,
): Promise<ResultsLock> {
  const files = await Promise.all(paths.map(async (path) => [path, await describeFile(root, path)] as const));
  return { backend, platforms: [thisPlatform()], headline, files: Object.fromEntries(files) };
}

async function describeFile(root: string, path: string): Promise<z.infer<typeof fileSchema>> {
  const bytes = await withFile(path, () => readFile(join(root, path)));
  if (!path.endsWith('.json')) return { sha256: sha256(bytes) };
  const value = JSON.parse(bytes.toString('utf8')) as object;
  const parts = Object.entries(value).map(([name, part]) => [name, sha256(canonicalJson(part)).slice(0, 12)]);
  return { sha256: sha256(bytes), parts: Object.fromEntries(parts) as Record<string, string> };
}

/**
 * Writes the lock, whole or not at all. Platforms on which the very same files came out before are kept.
 *
 * @param work folder for the unfinished file, on the same disk
 */
export async function writeResultsLock(path: string, lock: ResultsLock, work = dirname(path)): Promise<void> {
  const before = await readResultsLock(path).catch(() => undefined);
  const same = before !== undefined && canonicalJson(before.files) === canonicalJson(lock.files);
  const platforms = [...new Set([...(same ? before.platforms : []), ...lock.platforms])].sort();
  await writeAtomically(path, `${JSON.stringify({ ...lock, platforms }, null, 2)}\n`, work);
}

/** Where results differ from a lock: files with the parts that do, and headline numbers. */
export interface LockDifferences {
  files: { path: string; what: string }[];
  headline: string[];
  /** The largest difference of an accuracy in the headline. */
  accuracy: number;
  /** Whether the lock was computed by the same backend: only then must the files be the same. */
  sameBackend: boolean;
}

/** Compares results with a lock; both lists are empty if they were reproduced bit for bit. */
export function compareWithLock(found: ResultsLock, lock: ResultsLock): LockDifferences {
  const paths = [...new Set([...Object.keys(lock.files), ...Object.keys(found.files)])];
  const files = paths.flatMap((path) => {
    const [expected, actual] = [lock.files[path], found.files[path]];
    if (!expected) return [{ path, what: 'not in the lock' }];
    if (!actual) return [{ path, what: 'not computed' }];
    if (expected.sha256 === actual.sha256) return [];
    const names = [...new Set([...Object.keys(expected.parts ?? {}), ...Object.keys(actual.parts ?? {})])];
    const changed = names.filter((name) => expected.parts?.[name] !== actual.parts?.[name]);
    return [
      { path, what: changed.length > 0 ? changed.join(', ') : expected.parts ? 'its layout' : 'its bytes' },
    ];
  });
  const sameBackend = found.backend === lock.backend;
  return { files, ...compareHeadlines(found.headline, lock.headline), sameBackend };
}

function compareHeadlines(
  found: Headline,
  expected: Headline,
): Pick<LockDifferences, 'headline' | 'accuracy'> {
  const accuracies = (['clean', 'fgsm', 'iterative'] as const).map((name) => ({
    name: `${name} accuracy`,
    found: found.accuracy[name],
    expected: expected.accuracy[name],
  }));
  const examples = (['image', 'clean', 'fgsm', 'iterative'] as const).map((name) => ({
    name: `example's ${name}`,
    found: found.example[name],
    expected: expected.example[name],
  }));
  return {
    headline: [...accuracies, ...examples]
      .filter((row) => row.found !== row.expected)
      .map((row) => `${row.name} ${row.found}, in the lock ${row.expected}`),
    accuracy: Math.max(...accuracies.map((row) => Math.abs(row.found - row.expected))),
  };
}
