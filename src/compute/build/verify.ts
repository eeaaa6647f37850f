// Computes everything again elsewhere and compares it with what is there and with the lock.
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseBackend } from '../backend/startBackend.ts';
import { headline } from '../results/headline.ts';
import { readResult } from '../results/readResult.ts';
import { checkResults } from './checkResults.ts';
import { compareFile, TOLERANCES, type FileComparison } from './compareResults.ts';
import { compute, foldersOf, project, type ComputeOptions } from './compute.ts';
import { MANIFEST } from './manifest.ts';
import { silentReporter } from './progress.ts';
import {
  compareWithLock,
  describeResults,
  readResultsLock,
  RESULTS_LOCK,
  type LockDifferences,
} from './resultsLock.ts';
import { stages } from '../experiments/index.ts';
import { ACCURACY_TOLERANCE, type ComputeReport } from './summary.ts';

/** What a verification found. */
export interface Verification {
  report: ComputeReport;
  /** Each file against the one that was there. */
  files: FileComparison[];
  /** The files computed now against the lock, where there is one and it applies. */
  lock?: LockDifferences;
  /** Largest difference between the accuracies in the headlines. */
  accuracy: number;
  /** Only the attacks were repeated, with the weights that were there, within tolerances. */
  tolerant: boolean;
  /** Nothing differs that may not. */
  passed: boolean;
}

/** Choices of a verification. */
export type VerifyOptions = Pick<
  ComputeOptions,
  'preset' | 'root' | 'backend' | 'workers' | 'reporter' | 'signal'
>;

/**
 * Computes all results again in a temporary folder. If they are and were computed on the default backend, every file
 * must have the same bytes as the one under the root, and as the lock says if that is of the same backend. On another
 * backend the attacks are repeated on the weights that are there, and values are compared within the tolerances of
 * `compareFile`, accuracies within `ACCURACY_TOLERANCE`.
 *
 * @throws if there is nothing to compare with, or the root is not of one piece; else like `compute`
 */
export async function verify(options: VerifyOptions = {}): Promise<Verification> {
  const { preset = 'report', backend: choice = 'auto', reporter = silentReporter } = options;
  const { root } = foldersOf(preset, options.root);
  await checkResults(root);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verify-')));
  const again = join(folder, 'root');
  const names = [
    (await chooseBackend(choice)).backend.name,
    (await readResult('training', { root })).provenance.backend.name,
  ];
  const tolerant = names.some((name) => name !== 'wasm');
  try {
    const given = tolerant ? ['train'] : [];
    await copyOutputs(given, root, again);
    reporter.line(`Computing everything again in ${again}.`);
    const report = await compute({ ...options, backend: choice, root: again, given, preset });
    const outputs = stages.flatMap((stage) => stage.outputs);
    const paths = tolerant ? outputs : [...outputs, MANIFEST];
    const files = await Promise.all(paths.map((path) => compareFile(path, [root, again], { tolerant })));
    const accuracy = await accuracyDifference(root, again);
    const lock = preset === 'report' && !tolerant ? await differencesFromLock(again, report) : undefined;
    const same = files.every(({ state }) => state === 'equal' || (tolerant && state === 'close'));
    const locked = !lock || lock.files.length === 0 || isOfOtherBackend(lock);
    const passed = same && locked && accuracy <= ACCURACY_TOLERANCE;
    return { report, files, accuracy, tolerant, passed, ...(lock ? { lock } : {}) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether the lock is of another backend and agrees within the tolerance: files need not be the same then. */
function isOfOtherBackend({ sameBackend, accuracy }: LockDifferences): boolean {
  return !sameBackend && accuracy <= ACCURACY_TOLERANCE;
}

async function copyOutputs(names: readonly string[], from: string, to: string): Promise<void> {
  for (const { outputs } of stages.filter(({ name }) => names.includes(name))) {
    for (const path of outputs) await cp(join(from, path), join(to, path));
  }
}

async function accuracyDifference(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all([headline(one), headline(other)]);
  const names = ['clean', 'fgsm', 'iterative'] as const;
  return Math.max(...names.map((name) => Math.abs(a.accuracy[name] - b.accuracy[name])));
}

async function differencesFromLock(
  root: string,
  { backend }: ComputeReport,
): Promise<LockDifferences | undefined> {
  const lock = await readResultsLock(join(project, RESULTS_LOCK));
  const paths = stages.flatMap(({ outputs }) => outputs);
  const found = { backend: backend.identity, headline: await headline(root) };
  return lock && compareWithLock(await describeResults(root, paths, found), lock);
}

/** A verification in words, line by line. */
export function verificationLines({
  report,
  files,
  lock,
  accuracy,
  tolerant,
  passed,
}: Verification): string[] {
  const width = Math.max(...files.map(({ path }) => path.length));
  const judged = tolerant
    ? `on the weights that were there, values to ${TOLERANCES.value}, of which ${100 * TOLERANCES.share} % may be further apart`
    : 'byte for byte';
  const fromLock = lock?.files.map(({ path, what }) => `  ${path}: ${what}`) ?? [];
  return [
    '',
    `Backend: ${report.backend.identity}, on ${report.backend.device}; compared ${judged}.`,
    ...files.map(({ path, state, what }) => `  ${path.padEnd(width)}  ${state}${what && `  ${what}`}`),
    `Accuracies differ by ${accuracy} at most (allowed: ${ACCURACY_TOLERANCE}).`,
    ...(lock === undefined
      ? []
      : [`${RESULTS_LOCK}: ${fromLock.length === 0 ? 'all files equal' : 'these files differ'}`]),
    ...(lock && !lock.sameBackend
      ? [`It was computed by another backend; accuracies differ by ${lock.accuracy} at most.`]
      : []),
    ...fromLock,
    passed ? 'Verified.' : 'NOT verified.',
  ];
}
