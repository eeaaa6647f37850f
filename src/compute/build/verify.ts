// Computes everything again elsewhere and compares it with what is there and with the lock; builds the pages twice.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chooseBackend } from '../backend/chooseBackend.ts';
import { stages } from '../experiments/index.ts';
import { readResult } from '../results/readResult.ts';
import { compute, rootOf, type ComputeOptions } from './compute.ts';
import { digestsUnder } from './files.ts';
import { checkResults, MANIFEST } from './manifest.ts';
import { compareWithLock, describeResults, headline, type LockComparison } from './resultsLock.ts';
import { project } from './sources.ts';
import { ACCURACY_TOLERANCE, lockLines } from './summary.ts';

/** What a verification found, and whether nothing differs that may not. */
export interface Verification {
  lines: string[];
  passed: boolean;
}

type VerifyOptions = Pick<ComputeOptions, 'preset' | 'root' | 'backend' | 'workers' | 'signal' | 'onEvent'>;

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
  const root = rootOf(options);
  await checkResults(root);
  const before = (await readResult('training', { root })).provenance.backend;
  const { backend } = await chooseBackend(options.backend ?? 'auto');
  const tolerant = before.name !== 'wasm' || backend.name !== 'wasm';
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verify-')));
  const again = join(folder, 'root');
  try {
    options.onEvent?.({ kind: 'said', text: `Computing everything again in ${again}.` });
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

async function describe(root: string) {
  return describeResults(root, [...outputs, MANIFEST], { backend: '', headline: await headline(root) });
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
function agrees({ differences }: LockComparison): boolean {
  const { files, sameBackend, accuracy } = differences;
  return sameBackend ? files.length === 0 : accuracy <= ACCURACY_TOLERANCE;
}

/** How far values of two backends may lie apart, and for which share of a file's values even that may not hold. */
const TOLERANCES = { value: 1e-3, share: 0.003 };

/** Compares a file under two roots within {@link TOLERANCES}, leaving out who computed it; other than JSON, its bytes. */
export async function compareWithin(path: string, roots: readonly [string, string]) {
  const [a, b] = await Promise.all(roots.map((root) => readFile(join(root, path))));
  if (a!.equals(b!)) return { path, close: true, what: 'equal' };
  if (!path.endsWith('.json')) return { path, close: false, what: 'its bytes differ' };
  const [one, other] = [a!, b!].map((bytes) => {
    const { provenance: _, ...values } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
    return [...leaves(values)];
  });
  if (one!.length !== other!.length)
    return { path, close: false, what: `${one!.length} values against ${other!.length}` };
  const apart = one!.filter((value, i) => !isClose(value, other![i]!)).length;
  const what = `${apart} of ${one!.length} values differ by more than ${TOLERANCES.value}`;
  return { path, close: apart <= TOLERANCES.share * one!.length, what };
}

// Predictions and signs are written as text, a character for each image or pixel: each is a value of its own.
function* leaves(value: unknown): Generator<number | string> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'string') yield* value;
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) yield* leaves(child);
  else yield String(value);
}

function isClose(a: number | string, b: number | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return Math.abs(a - b) <= TOLERANCES.value * Math.max(1, Math.abs(a), Math.abs(b));
}

const environments = [
  { TZ: 'UTC', LC_ALL: 'C' },
  { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8' },
];

/**
 * How many files two builds of the pages from the same results have, and those that differ, whatever the language and the time zone.
 * Throws if a build fails, with what it complained of.
 */
export async function verifyPages(signal: AbortSignal): Promise<{ files: number; different: string[] }> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'verify-pages-')));
  try {
    const builds: Record<string, string>[] = [];
    for (const [i, environment] of environments.entries()) {
      const out = join(folder, String(i));
      const command = [join(project, 'tools/astro.ts'), 'build', '--outDir', out];
      const env = { ...process.env, ...environment };
      await promisify(execFile)(process.execPath, command, { env, signal, maxBuffer: Infinity });
      builds.push(await digestsUnder(out));
    }
    const [first, second] = builds as [Record<string, string>, Record<string, string>];
    const paths = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
    return { files: paths.length, different: paths.filter((path) => first[path] !== second[path]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
