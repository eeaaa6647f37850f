import { z } from 'zod';

/**
 * Parses the text of a result through its schema.
 *
 * @param path the file's path, for messages
 * @throws if the text is not JSON or does not fit: the file, the place in it, what was expected, the way out
 */
export function parseResult<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  path: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: not JSON, half-written perhaps; run npm run compute`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${path} does not fit its schema; run npm run compute\n${z.prettifyError(parsed.error)}`, {
    cause: parsed.error,
  });
}
