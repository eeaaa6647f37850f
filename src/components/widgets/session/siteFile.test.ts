import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchBytes, fetchJson, once } from './siteFile.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const answers = (...responses: (() => Promise<Response>)[]) => {
  const asked = vi.fn<typeof fetch>();
  for (const respond of responses) asked.mockImplementationOnce(respond);
  vi.stubGlobal('fetch', asked);
  return asked;
};
const text =
  (content: string, status = 200) =>
  () =>
    Promise.resolve(new Response(content, { status }));

afterEach(() => void vi.unstubAllGlobals());

describe('fetchBytes(file, what)', () => {
  it('returns the bytes of the build', async () => {
    answers(text('abc'));
    const bytes = await fetchBytes({ url: 'a', sha256: hashOf('abc') }, 'The images');
    expect(new TextDecoder().decode(bytes)).toBe('abc');
  });

  it('says that the connection may be down, that a file is missing, or that it is not the build’s', async () => {
    const file = { url: 'a', sha256: hashOf('abc') };
    answers(() => Promise.reject(new TypeError('Failed to fetch')));
    await expect(fetchBytes(file, 'The images')).rejects.toThrow(
      'The images could not be fetched; the connection may be down.',
    );
    answers(text('', 404));
    await expect(fetchBytes(file, 'The images')).rejects.toThrow(
      'The images are not where they should be (status 404).',
    );
    answers(text('abd'));
    await expect(fetchBytes(file, 'The images')).rejects.toThrow(
      `The images are not those of this build (SHA-256 ${hashOf('abd').slice(0, 8)}…, expected ${hashOf('abc').slice(0, 8)}…).`,
    );
  });

  it('needs a secure origin', async () => {
    answers(text('abc'));
    vi.stubGlobal('crypto', {});
    await expect(fetchBytes({ url: 'a', sha256: '' }, 'The images')).rejects.toThrow('on a secure page');
  });
});

describe('fetchJson(file, what)', () => {
  it('parses the content', async () => {
    answers(text('{"a":1}'));
    expect(await fetchJson({ url: 'a', sha256: hashOf('{"a":1}') }, 'The images')).toEqual({ a: 1 });
  });
});

describe('once(file, load)', () => {
  it('loads a file once, and again only after a failure', async () => {
    const file = { url: 'once', sha256: '' };
    const load = vi.fn().mockRejectedValueOnce(new Error('down')).mockResolvedValue(7);
    await expect(once(file, load)).rejects.toThrow('down');
    expect(await Promise.all([once(file, load), once(file, load)])).toEqual([7, 7]);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
