import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { download, fetchBytes, fetchJson, loadCode, once } from './siteFile.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const fileOf = (text: string) => ({ url: 'a', bytes: text.length, sha256: hashOf(text) });
const answers = (...responses: (() => Promise<Response>)[]) => {
  const asked = vi.fn<typeof fetch>();
  for (const respond of responses) asked.mockImplementationOnce(respond);
  vi.stubGlobal('fetch', asked);
  return asked;
};
const text = (content: string, init?: ResponseInit) => () => Promise.resolve(new Response(content, init));

/** A response whose parts come after so many milliseconds each; then it says nothing more, if it is told to hang. */
function slow(parts: string[], milliseconds: number, hangs = false) {
  return (_: unknown, { signal }: RequestInit) => {
    const body = new ReadableStream({
      async start(controller) {
        signal!.addEventListener('abort', () => controller.error(signal!.reason));
        for (const part of parts) {
          await new Promise((done) => setTimeout(done, milliseconds));
          controller.enqueue(new TextEncoder().encode(part));
        }
        if (!hangs) controller.close();
      },
    });
    return Promise.resolve(new Response(body));
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('fetchBytes(file, what, tell)', () => {
  it('returns the bytes of the build, and tells how much has come', async () => {
    answers(text('abc'));
    const told: string[] = [];
    const bytes = await fetchBytes(fileOf('abc'), 'the images', (words) => told.push(words));
    expect(new TextDecoder().decode(bytes)).toBe('abc');
    expect(told).toEqual(['fetching the images', 'fetching the images · 100\u00a0%']);
  });

  it('asks past the cache for what is not the build’s, and says so if that is not either', async () => {
    const asked = answers(text('old'), text('abc'));
    await fetchBytes(fileOf('abc'), 'the images');
    expect(asked.mock.calls.map(([, init]) => init!.cache)).toEqual(['default', 'reload']);
    answers(text('old'), text('abd'));
    await expect(fetchBytes(fileOf('abc'), 'the images')).rejects.toThrow(
      `The images are not those of this build (SHA-256 ${hashOf('abd').slice(0, 8)}…, expected ${hashOf('abc').slice(0, 8)}…): reload the page, in case it is of an older build.`,
    );
  });

  it('says that the connection may be down, or that a file is missing', async () => {
    answers(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(fetchBytes(fileOf('abc'), 'the images')).rejects.toThrow(
      'The images could not be fetched; the connection may be down.',
    );
    answers(text('', { status: 503 }));
    await expect(fetchBytes(fileOf('abc'), 'the images')).rejects.toThrow(
      'The images are not where they should be (status 503).',
    );
    answers(text('', { status: 404 }));
    await expect(fetchBytes(fileOf('abc'), 'the images')).rejects.toThrow(
      'The images are not where they should be (status 404): reload the page, in case it is of an older build.',
    );
  });

  it('needs a secure origin', async () => {
    answers(text('abc'));
    vi.stubGlobal('crypto', {});
    await expect(fetchBytes(fileOf('abc'), 'the images')).rejects.toThrow(
      'The images can only be checked on a secure',
    );
  });
});

describe('download(url, what, options)', () => {
  it('waits as long as something comes, and no longer than 20 s for the next byte', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', slow(['a', 'b', 'c', 'd'], 15_000));
    const told: string[] = [];
    const whole = download('a', 'the images', { tell: (words) => told.push(words) });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(new TextDecoder().decode(await whole)).toBe('abcd');
    expect(told.at(-1)).toBe('fetching the images · 4\u00a0B');
    vi.stubGlobal('fetch', slow(['a'], 1, true));
    const hung = download('a', 'the images', {});
    const failed = expect(hung).rejects.toThrow(
      'Nothing more of the images has come for 20 s; the connection may be down.',
    );
    await vi.advanceTimersByTimeAsync(20_100);
    await failed;
  });

  it('takes the host’s word for the size unless the file is packed', async () => {
    const told: string[] = [];
    const tell = (words: string) => told.push(words);
    answers(text('ab', { headers: { 'content-length': '4' } }));
    await download('a', 'the images', { tell });
    answers(text('ab', { headers: { 'content-length': '1', 'content-encoding': 'gzip' } }));
    await download('a', 'the images', { tell });
    expect([told[1], told[3]]).toEqual(['fetching the images · 50\u00a0%', 'fetching the images · 2\u00a0B']);
  });
});

describe('fetchJson(file, what)', () => {
  it('parses the content', async () => {
    answers(text('{"a":1}'));
    expect(await fetchJson(fileOf('{"a":1}'), 'the images')).toEqual({ a: 1 });
  });
});

describe('loadCode(load)', () => {
  it('says what helps when code does not come: the browser keeps a failure until the page is loaded again', async () => {
    const failed = loadCode(() => Promise.reject(new TypeError('Failed to fetch https://a.org/b.js')));
    await expect(failed).rejects.toThrow(
      'A part of the scripts could not be fetched: reload the page, once the connection is up.',
    );
  });

  it('waits no longer than 45 s for it', async () => {
    vi.useFakeTimers();
    const hung = expect(loadCode(() => new Promise(() => undefined))).rejects.toThrow('reload the page');
    await vi.advanceTimersByTimeAsync(45_001);
    await hung;
  });
});

describe('once(file, load)', () => {
  it('loads a file once, and again only after a failure', async () => {
    const file = { url: 'once', bytes: 0, sha256: '' };
    const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(7);
    await expect(once(file, load)).rejects.toThrow('down');
    expect(await Promise.all([once(file, load), once(file, load)])).toEqual([7, 7]);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
