// The committed record of the report's results on the default backend, against which every build compares its own.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { accuracy, curve, rowAt } from '../results/curve.ts';
import { readResult } from '../results/readResult.ts';
import { digest } from '../results/values.ts';
import { canonicalJson, sha256 } from '../sha256.ts';
import { argmax } from '../statistics.ts';
import { readIfThere, withFile, writeAtomically } from './files.ts';
import { project } from './sources.ts';

/** Schema of the numbers by which a build is recognised. */
const headlineSchema = z.strictObject({
  accuracy: z.strictObject({ clean: z.number(), fgsm: z.number(), iterative: z.number() }),
  /** The ε of both attacked accuracies. */
  epsilon: z.number(),
  /** Test image, its class, and the predicted classes. */
  example: z.strictObject({
    image: z.int(),
    label: z.int(),
    clean: z.int(),
    fgsm: z.int(),
    iterative: z.int(),
  }),
});

export type Headline = z.infer<typeof headlineSchema>;

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

export type ResultsLock = z.infer<typeof lockSchema>;

export const RESULTS_LOCK = 'results.lock.json';

/** This machine's platform, as it is named in the lock. */
export function thisPlatform(): string {
  return `${process.platform}-${process.arch} node-${process.version}`;
}

/** Reads the lock; undefined if there is none. Throws if it is damaged. */
export async function readResultsLock(path: string): Promise<ResultsLock | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch (error) {
    const remedy = 'restore it from version control, or write it anew with --update-lock';
    throw new Error(`${path}: not a lock file; ${remedy}`, { cause: error });
  }
}

/** Headline of the results under a root. Throws if one is missing. */
export async function headline(root: string): Promise<Headline> {
  const [evaluation, fgsm, iterative, one, several] = await Promise.all([
    readResult('evaluation', { root }),
    readResult('fgsm-curve', { root }),
    readResult('iterative-curve', { root }),
    readResult('fgsm-example', { root }),
    readResult('iterative-example', { root }),
  ]);
  const { index: image, label, epsilon, original } = one;
  const predictedAfter = ({ path }: typeof one) => argmax(path[path.length - 1]!.prediction.probabilities);
  return {
    accuracy: {
      clean: accuracy(evaluation.labels, evaluation.predicted).value,
      fgsm: rowAt(curve(fgsm.clipped), epsilon).accuracy,
      iterative: rowAt(curve(iterative.clipped), epsilon).accuracy,
    },
    epsilon,
    example: {
      image,
      label,
      clean: argmax(original.prediction.probabilities),
      fgsm: predictedAfter(one),
      iterative: predictedAfter(several),
    },
  };
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

/** Compares the report's results with the committed lock, if there is one, or writes it first. */
export async function compareReport(found: ResultsLock, work: string, updateLock: boolean) {
  const path = join(project, RESULTS_LOCK);
  if (updateLock) await writeResultsLock(path, found, work);
  const expected = await readResultsLock(path);
  return expected && { expected, differences: compareWithLock(found, expected), written: updateLock };
}

/** How the report's results compare with the lock. */
export type LockComparison = NonNullable<Awaited<ReturnType<typeof compareReport>>>;

/** Compares results with a lock: which files differ, in which parts, and which numbers of the headline. */
export function compareWithLock(found: ResultsLock, lock: ResultsLock) {
  const paths = [...new Set([...Object.keys(lock.files), ...Object.keys(found.files)])];
  const changes = paths.map((path) => ({ path, parts: changedParts(found.files[path], lock.files[path]) }));
  const files = changes.filter(({ parts }) => parts.length > 0);
  const isResult = (path: string) => lock.files[path]?.parts?.provenance !== undefined;
  const accuracies = (['clean', 'fgsm', 'iterative'] as const).map((name) =>
    Math.abs(found.headline.accuracy[name] - lock.headline.accuracy[name]),
  );
  return {
    files: files.map(({ path, parts }) => ({ path, what: parts.join(', ') })),
    /** Results that differ although their code, options, inputs and backend are those of the lock. */
    unexplained: files
      .filter(({ path, parts }) => isResult(path) && found.files[path] && !parts.includes('provenance'))
      .map(({ path }) => path),
    headline: changedNumbers(found.headline, lock.headline),
    /** The largest difference. */
    accuracy: Math.max(...accuracies),
    /** Only then must the files be the same. */
    sameBackend: found.backend === lock.backend,
  };
}

type LockedFile = z.infer<typeof fileSchema>;

function changedParts(found: LockedFile | undefined, expected: LockedFile | undefined): string[] {
  if (!expected) return ['not in the lock'];
  if (!found) return ['not computed'];
  if (found.sha256 === expected.sha256) return [];
  if (!expected.parts) return ['its bytes'];
  const names = [...new Set([...Object.keys(expected.parts), ...Object.keys(found.parts ?? {})])];
  const changed = names.filter((name) => expected.parts?.[name] !== found.parts?.[name]);
  return changed.length > 0 ? changed : ['its layout'];
}

function changedNumbers(found: Headline, expected: Headline): string[] {
  const rows = (group: 'accuracy' | 'example') =>
    Object.entries<number>(expected[group]).map(([name, value]) => {
      const now = (found[group] as Record<string, number>)[name];
      return now === value ? [] : [`${group} ${name} ${now}, in the lock ${value}`];
    });
  return [...rows('accuracy'), ...rows('example')].flat();
}
