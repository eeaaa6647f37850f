import { describe, expect, it } from 'vitest';
import { publicAddress } from './publicAddress.ts';

describe('publicAddress(environment)', () => {
  it('takes an origin and a path, either of which may be left out or empty', () => {
    expect(publicAddress({ SITE_URL: 'https://example.org', BASE_PATH: '/a/b' })).toEqual({
      site: 'https://example.org',
      base: '/a/b',
    });
    for (const none of [{}, { SITE_URL: '', BASE_PATH: '' }])
      expect(publicAddress(none)).toEqual({ site: undefined, base: '/' });
  });

  it.each([
    [{ SITE_URL: 'example.org' }, "invalid SITE_URL: 'example.org', expected an origin"],
    [{ SITE_URL: 'https://example.org/a' }, "invalid SITE_URL: 'https://example.org/a'"],
    [{ SITE_URL: 'javascript:alert(1)' }, 'invalid SITE_URL'],
    [{ BASE_PATH: '//evil.com' }, "invalid BASE_PATH: '//evil.com', expected a path such as /repository"],
    [{ BASE_PATH: 'https://evil.com/' }, 'invalid BASE_PATH'],
    [{ BASE_PATH: '/a b' }, 'invalid BASE_PATH'],
    [{ BASE_PATH: '/a?b' }, 'invalid BASE_PATH'],
  ])('refuses %j', (environment, message) => {
    expect(() => publicAddress(environment)).toThrow(message);
  });
});
