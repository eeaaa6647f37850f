/**
 * A table as CSV: a header, a row per line, floats as they read back to the same number.
 *
 * @throws if a row is not as long as the header, a name holds a comma, or a value is not finite
 */
export function csv(header: readonly string[], rows: readonly (readonly number[])[]): string {
  const bad = header.find((name) => /[",\n]/.test(name));
  if (bad !== undefined) throw new RangeError(`invalid column: ${bad}, expected a name without commas`);
  for (const row of rows) {
    if (row.length !== header.length || !row.every(Number.isFinite)) {
      throw new RangeError(`invalid row: ${row.join(', ')}, expected ${header.length} finite numbers`);
    }
  }
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}
