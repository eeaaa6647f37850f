// Digests of files, of texts and of values.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** SHA-256 of text or bytes, in hexadecimal unless another encoding is asked for. */
export function sha256(content: string | Uint8Array, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHash('sha256').update(content).digest(encoding);
}

/** SHA-256 of a text whose lines may end as on Unix or as on Windows. */
export function sha256OfText(text: string): string {
  return sha256(text.replaceAll('\r\n', '\n'));
}

/** SHA-256 of a file's bytes; undefined if there is no such file. */
export async function sha256OfFile(path: string): Promise<string | undefined> {
  try {
    return sha256(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** JSON with the keys of every object sorted, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, child: unknown) =>
    child !== null && typeof child === 'object' && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
