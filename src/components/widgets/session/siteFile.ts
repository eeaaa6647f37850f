// The files of the site that a browser fetches: each is checked against the SHA-256 that the build recorded.
import { bytes as writeBytes, capital, percent } from '../../format.ts';

/** A file of the site, its size in bytes where that is known, and their SHA-256. */
export interface SiteFile {
  url: string;
  bytes?: number;
  sha256: string;
}

/** Told what is waited for: "fetching the images · 43 %", or nothing any more: "". */
export type Tell = (words: string) => void;

/** Milliseconds without a byte after which a download counts as broken off, however long it takes in all. */
const silence = 20_000;

/** What helps where a site has been built anew since the page was loaded. */
const wayOut = ': reload the page, in case it is of an older build.';

/** Addresses where there was no file: what a cache may have kept of that is not asked for again. */
const missed = new Set<string>();

/**
 * The bytes of a file. What a cache kept of another build is asked for again past it.
 *
 * @param what the content in the plural, for the sentences: "the images"
 * @throws if the file cannot be fetched, or is not the build's, in a sentence for the reader
 */
export async function fetchBytes(
  { url, bytes, sha256 }: SiteFile,
  what: string,
  tell?: Tell,
): Promise<Uint8Array<ArrayBuffer>> {
  let found = '';
  for (const cache of [undefined, 'reload'] as const) {
    const content = await download(url, what, { bytes, tell, cache });
    found = await digest(content, what);
    if (found === sha256) return content;
  }
  throw new Error(
    `${capital(what)} are not those of this build (SHA-256 ${found.slice(0, 8)}…, expected ${sha256.slice(0, 8)}…)${wayOut}`,
  );
}

/**
 * Downloads a file, as long as it keeps coming.
 *
 * @param bytes its size; the host's word for it if left out
 * @throws in a sentence for the reader
 */
export async function download(
  url: string,
  what: string,
  {
    bytes,
    tell,
    cache = missed.has(url) ? 'reload' : 'default',
  }: { bytes?: number | undefined; tell?: Tell | undefined; cache?: RequestCache | undefined },
): Promise<Uint8Array<ArrayBuffer>> {
  const quiet = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet.abort(), silence);
  };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let response: Response | undefined;
  try {
    watch();
    tell?.(`fetching ${what}`);
    response = await fetch(url, { cache, signal: quiet.signal });
    const size = bytes ?? sizeOf(response);
    const reader = response.ok ? response.body!.getReader() : undefined;
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      watch();
      parts.push(part.value);
      length += part.value.length;
      tell?.(`fetching ${what} · ${size ? percent(Math.min(1, length / size), 0) : writeBytes(length)}`);
    }
  } catch {
    throw new Error(
      quiet.signal.aborted
        ? `Nothing more of ${what} has come for ${silence / 1000} s; the connection may be down.`
        : length > 0
          ? `The download broke off: ${what} arrived incomplete.`
          : `${capital(what)} could not be fetched; the connection may be down.`,
    );
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) {
    missed.add(url);
    const end = response.status === 404 ? wayOut : '.';
    throw new Error(`${capital(what)} are not where they should be (status ${response.status})${end}`);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The content of a JSON file. Throws like {@link fetchBytes}. */
export async function fetchJson<T>(file: SiteFile, what: string, tell?: Tell): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(file, what, tell))) as T;
}

/** Milliseconds in which a part of the code comes; how much of it has come cannot be seen. */
const codePatience = 45_000;

/**
 * Loads a part of the code.
 *
 * @throws if it cannot be fetched, in a sentence for the reader
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, codePatience);
  });
  try {
    return await Promise.race([load(), late]);
  } catch {
    // Some browsers keep the failure, and after a new build the part has another address: the page alone can ask anew.
    throw new Error(
      'A part of the scripts could not be fetched: reload the page, once the connection is up.',
    );
  } finally {
    clearTimeout(timer);
  }
}

const contents = new Map<string, Promise<unknown>>();

/** What was loaded from a file, kept once that succeeds. */
export function once<T>({ url }: SiteFile, load: () => Promise<T>): Promise<T> {
  const kept = contents.get(url) as Promise<T> | undefined;
  if (kept) return kept;
  const loading = load();
  contents.set(url, loading);
  loading.catch(() => contents.delete(url));
  return loading;
}

/** The size that a host states; that of a packed file is not that of what arrives. */
function sizeOf({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length'));
}

/** SHA-256 in hexadecimal. Browsers offer it on secure origins only; throws elsewhere. */
export async function digest(bytes: Uint8Array<ArrayBuffer>, what: string): Promise<string> {
  // The type promises what an insecure origin lacks.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) throw new Error(`${capital(what)} can only be checked on a secure page (https or localhost).`);
  const sha256 = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(sha256, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
