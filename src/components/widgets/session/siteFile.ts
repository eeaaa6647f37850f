// The files of the site that a browser fetches: each is checked against the SHA-256 that the build recorded.

/** A file of the site and the SHA-256 of its bytes. */
export interface SiteFile {
  url: string;
  sha256: string;
}

/**
 * The bytes of a file.
 *
 * @param what the content in the plural, for the sentences: "The images"
 * @throws if the file cannot be fetched, or is not the build's, in a sentence for the reader
 */
export async function fetchBytes({ url, sha256 }: SiteFile, what: string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Error(`${what} could not be fetched; the connection may be down.`);
  }
  if (!response.ok) throw new Error(`${what} are not where they should be (status ${response.status}).`);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Error(`The download broke off: ${what.toLowerCase()} arrived incomplete.`);
  }
  const found = await digest(bytes, what);
  if (found !== sha256) {
    throw new Error(
      `${what} are not those of this build (SHA-256 ${found.slice(0, 8)}…, expected ${sha256.slice(0, 8)}…).`,
    );
  }
  return bytes;
}

/** The content of a JSON file. Throws like {@link fetchBytes}. */
export async function fetchJson<T>(file: SiteFile, what: string): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(file, what))) as T;
}

const contents = new Map<string, Promise<unknown>>();

/** What was loaded from a file, kept once that succeeds. */
export function once<T>({ url, sha256 }: SiteFile, load: () => Promise<T>): Promise<T> {
  const key = `${url} ${sha256}`;
  const kept = contents.get(key) as Promise<T> | undefined;
  if (kept) return kept;
  const loading = load();
  contents.set(key, loading);
  loading.catch(() => contents.delete(key));
  return loading;
}

/** SHA-256 in hexadecimal. Browsers offer it on secure origins only; throws elsewhere. */
async function digest(bytes: Uint8Array<ArrayBuffer>, what: string): Promise<string> {
  // The type promises what an insecure origin lacks.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new Error(`${what} can only be checked on a secure page (https or localhost).`);
  return new Uint8Array(await subtle.digest('SHA-256', bytes)).reduce(
    (text, byte) => text + byte.toString(16).padStart(2, '0'),
    '',
  );
}
