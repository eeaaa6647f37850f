// Two computations of the same results: byte for byte, or value for value where the backends differ.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './sha256.ts';

/** How far values of two backends may lie apart, and for which share of a file's values even that may not hold. */
export const TOLERANCES = { value: 1e-3, share: 0.003 };

/** A file of both computations: `equal` to the byte, `close` within the tolerances, or neither, and in what. */
export interface FileComparison {
  path: string;
  state: 'equal' | 'close' | 'different' | 'missing';
  what: string;
}

/**
 * Compares a file under two roots.
 *
 * @param tolerant compare JSON values within {@link TOLERANCES}, leaving out who computed them
 */
export async function compareFile(
  path: string,
  [one, other]: readonly [string, string],
  { tolerant = false }: { tolerant?: boolean } = {},
): Promise<FileComparison> {
  const [a, b] = await Promise.all(
    [one, other].map((root) => readFile(join(root, path)).catch(() => undefined)),
  );
  if (!a || !b) return { path, state: 'missing', what: `not in ${a ? other : one}` };
  if (a.equals(b)) return { path, state: 'equal', what: '' };
  if (!path.endsWith('.json')) return { path, state: 'different', what: 'its bytes' };
  const [x, y] = [a, b].map((bytes) => JSON.parse(bytes.toString('utf8')) as Record<string, unknown>);
  return { path, ...(tolerant ? compareWithin(x!, y!) : compareParts(x!, y!)) };
}

type Verdict = Pick<FileComparison, 'state' | 'what'>;

function compareParts(x: Record<string, unknown>, y: Record<string, unknown>): Verdict {
  const names = [...new Set([...Object.keys(x), ...Object.keys(y)])];
  const changed = names.filter((name) => canonicalJson([x[name]]) !== canonicalJson([y[name]]));
  return { state: 'different', what: changed.join(', ') || 'its layout' };
}

function compareWithin(x: Record<string, unknown>, y: Record<string, unknown>): Verdict {
  const [a, b] = [x, y].map(({ provenance: _, ...values }) => [...leaves(values)]);
  if (a!.length !== b!.length)
    return { state: 'different', what: `${a!.length} values against ${b!.length}` };
  const apart = a!.filter((value, i) => !close(value, b![i]!)).length;
  const share = apart / Math.max(1, a!.length);
  const what = `${apart} of ${a!.length} values differ by more than ${TOLERANCES.value}`;
  return { state: share <= TOLERANCES.share ? 'close' : 'different', what };
}

// Predictions and signs are written as text, a character for each image or pixel: each is a value of its own.
function* leaves(value: unknown): Generator<number | string> {
  if (typeof value === 'number') yield value;
  else if (typeof value === 'string') yield* value;
  else if (typeof value === 'object' && value !== null)
    for (const child of Object.values(value)) yield* leaves(child);
  else yield String(value);
}

function close(a: number | string, b: number | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return Math.abs(a - b) <= TOLERANCES.value * Math.max(1, Math.abs(a), Math.abs(b));
}
