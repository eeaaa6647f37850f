import { expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../compute/build/testing/temporaryFolder.ts';
import { buildInfo } from './buildInfo.ts';

test('buildInfo({ root }) names the results of that root', async () => {
  const [one, other, empty] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
  await writeFiles(one, { 'results/manifest.json': '{"stages":{}}' });
  await writeFiles(other, { 'results/manifest.json': '{"stages":{"train":{}}}' });
  const hashes = [one, other, empty].map((root) => buildInfo({ root }).hash);
  expect(hashes).toEqual(['c734f76', expect.stringMatching(/^[0-9a-f]{7}$/), 'unbuilt']);
  expect(hashes[0]).not.toBe(hashes[1]);
});
