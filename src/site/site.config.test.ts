import { temporaryFolder, writeFiles } from '../compute/build/testing/temporaryFolder.ts';
import { describe, expect, it } from 'vitest';
import { buildInfo, byline, publicAddress } from './site.config.ts';

it.each([
  [
    'Ada Lovelace and Emmy Noether',
    'Machine learning',
    '2025-05-14',
    'Ada Lovelace, Emmy Noether · Machine learning · 2025-05-14',
  ],
  ['Ada Lovelace', '', '2025-05-14', 'Ada Lovelace · 2025-05-14'],
  ['', '', '', ''],
])('byline() of author %j, course %j and date %j is %j', (author, course, date, expected) => {
  expect(byline({ author, course, date })).toBe(expected);
});

describe('publicAddress(environment)', () => {
  it('takes a host or a folder there, and may be left out or empty', () => {
    expect(publicAddress({ SITE_URL: 'https://example.org' })).toBe('https://example.org/');
    expect(publicAddress({ SITE_URL: 'http://localhost:8080/a/b.c/' })).toBe('http://localhost:8080/a/b.c/');
    expect(publicAddress({})).toBeUndefined();
    expect(publicAddress({ SITE_URL: 'https://bücher.example/Bericht' })).toBe(
      'https://bücher.example/Bericht/',
    );
    expect(publicAddress({ SITE_URL: '' })).toBeUndefined();
  });

  it.each([
    'example.org',
    '/report',
    'javascript:alert(1)',
    'https://',
    'https://a.org:b',
    'https://a.org:99999',
    'https://user:word@a.org',
    'https://a.org//b',
    'https://a.org/a b',
    'https://a.org/?b',
  ])('refuses %s', (SITE_URL) => {
    expect(() => publicAddress({ SITE_URL })).toThrow(
      `invalid SITE_URL: '${SITE_URL}', expected an address such as https://example.org/report`,
    );
  });
});

it('buildInfo({ root }) names the results of that root', async () => {
  const [one, other, empty] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await writeFiles(one, { 'results/manifest.json': '{"stages":{}}' });
  await writeFiles(other, { 'results/manifest.json': '{"stages":{"train":{}}}' });
  const hashes = [one, other, empty].map((root) => buildInfo({ root }).hash);
  expect(hashes).toEqual(['c734f76', expect.stringMatching(/^[0-9a-f]{7}$/), 'unbuilt']);
  expect(hashes[0]).not.toBe(hashes[1]);
});
