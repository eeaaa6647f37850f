// Two computations of a result on different backends: value for value, within tolerances.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far values of two backends may lie apart, and for which share of a file's values even that may not hold. */
export const TOLERANCES = { value: 1e-3, share: 0.003 };

/** Whether the values of a JSON file agree, and how many do not. */
export interface Agreement {
  path: string;
  close: boolean;
  what: string;
}

/** Compares a file under two roots within {@link TOLERANCES}, leaving out who computed it; other than JSON, its bytes. */
export async function compareWithin(path: string, roots: readonly [string, string]): Promise<Agreement> {
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
