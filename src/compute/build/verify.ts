// Computes everything again elsewhere and compares it with what is there and with the lock.
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseBackend } from '../backend/startBackend.ts';
import { stages } from '../experiments/index.ts';
import { headline } from '../results/headline.ts';
import { readResult } from '../results/readResult.ts';
import { compareWithin, TOLERANCES } from './compareWithin.ts';
import { compute, rootOf, type ComputeOptions } from './compute.ts';
import { checkResults, MANIFEST } from './manifest.ts';
import { silentReporter } from './progress.ts';
import { compareWithLock, describeResults } from './resultsLock.ts';
import { ACCURACY_TOLERANCE, lockLines, type ComputeReport } from './summary.ts';

/** What a verification found, and whether nothing differs that may not. */
export interface Verification {
  lines: string[];
  passed: boolean;
}

/** Choices of a verification. */
export type VerifyOptions = Pick<
  ComputeOptions,
  'preset' | 'root' | 'backend' | 'workers' | 'reporter' | 'signal'
>;

const outputs = stages.flatMap((stage) => stage.outputs);

/**
 * Computes all results again in a temporary folder. If they are and were computed on the default backend, every file
 * must have the same bytes as the one under the root, and as the lock says if that is of the same backend. On another
 * backend the attacks are repeated on the weights that are there, and values are compared within the tolerances of
 * `compareWithin`, accuracies within `ACCURACY_TOLERANCE`.
 *
 * @throws if there is nothing to compare with, or the root is not of one piece; else like `compute`
 */
export async function verify(options: VerifyOptions = {}): Promise<Verification> {
  const { backend: choice = 'auto', reporter = silentReporter } = options;
  const root = rootOf(options);
  await checkResults(root);
  const before = (await readResult('training', { root })).provenance.backend;
  const { backend } = await chooseBackend(choice);
  const tolerant = before.name !== 'wasm' || backend.name !== 'wasm';
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verify-')));
  const again = join(folder, 'root');
  try {
    reporter.line(`Computing everything again in ${again}.`);
    const given = tolerant ? ['train'] : [];
    for (const path of stages.filter(({ name }) => given.includes(name)).flatMap((stage) => stage.outputs))
      await cp(join(root, path), join(again, path));
    const { lock } = await compute({ ...options, root: again, given });
    const comparison = tolerant ? await compareValues(root, again) : await compareBytes(root, again);
    const checked = tolerant ? undefined : lock;
    const passed = comparison.passed && (!checked || agrees(checked));
    return {
      lines: [
        '',
        `Backend: ${backend.identity}, on ${backend.device}.`,
        ...comparison.lines,
        ...(checked ? lockLines(checked) : []),
        passed ? 'Verified.' : 'NOT verified.',
      ],
      passed,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function describe(root: string, backend = '') {
  return describeResults(root, [...outputs, MANIFEST], { backend, headline: await headline(root) });
}

async function compareBytes(root: string, again: string): Promise<Verification> {
  const { files } = compareWithLock(await describe(again), await describe(root));
  return {
    lines: [
      `Compared byte for byte: ${files.length} of ${outputs.length + 1} files differ.`,
      ...files.map(({ path, what }) => `  ${path}: ${what}`),
    ],
    passed: files.length === 0,
  };
}

async function compareValues(root: string, again: string): Promise<Verification> {
  const files = await Promise.all(outputs.map((path) => compareWithin(path, [root, again])));
  const { accuracy } = compareWithLock(await describe(again), await describe(root));
  return {
    lines: [
      `Compared on the weights that were there, values to ${TOLERANCES.value}, of which ${100 * TOLERANCES.share} % may be further apart.`,
      ...files.map(({ path, close, what }) => `  ${path}: ${close ? 'close' : 'DIFFERENT'}, ${what}`),
      `Accuracies differ by ${accuracy} at most (allowed: ${ACCURACY_TOLERANCE}).`,
    ],
    passed: accuracy <= ACCURACY_TOLERANCE && files.every(({ close }) => close),
  };
}

/** Computed by another backend, the files need not be the same. */
function agrees({ differences }: NonNullable<ComputeReport['lock']>): boolean {
  const { files, sameBackend, accuracy } = differences;
  return sameBackend ? files.length === 0 : accuracy <= ACCURACY_TOLERANCE;
}
