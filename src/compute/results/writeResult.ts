import { writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/**
 * Writes a result as JSON after checking it against its schema. Numbers are written so that they read
 * back to the same float32; objects one property a line, arrays of plain values on one.
 *
 * @throws if the value does not fit the schema
 */
export async function writeResult<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  value: z.infer<Schema>,
): Promise<void> {
  await writeFile(path, `${format(schema.parse(value), '')}\n`);
}

function format(value: unknown, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) return JSON.stringify(value);
    return `[\n${value.map((item) => deeper + format(item, deeper)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${format(item, deeper)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`;
}
