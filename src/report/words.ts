// Words that depend on numbers.
import { decimal, numberWord, percent } from '../components/format.ts';

/** The word for a against b: [smaller, equal, larger]. */
export function compared(
  a: number,
  b: number,
  [smaller, equal, larger]: readonly [string, string, string],
): string {
  return a < b ? smaller : a > b ? larger : equal;
}

/** Items in a row: "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`;
}

/** How often: "once", "twice", "five times". */
export function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${numberWord(count)} times`;
}

/** From the least to the greatest share: "45.6 to 59.5 %". */
export function range(shares: readonly number[]): string {
  return `${decimal(100 * Math.min(...shares), 1)} to ${percent(Math.max(...shares))}`;
}
