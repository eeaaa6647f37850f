// The committed lock must be that of the committed code.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/compute/sha256.ts';
import { readResultsLock, RESULTS_LOCK, thisPlatform } from '../../src/compute/build/resultsLock.ts';
import { readResult } from '../../src/compute/results/readResult.ts';

test('on a platform of results.lock.json, with its instructions, the built results are those of the lock', async ({
  skip,
}) => {
  const lock = (await readResultsLock(RESULTS_LOCK))!;
  const { backend } = (await readResult('training')).provenance;
  const instructions = (identity: string) => identity.split(' ')[0];
  skip(
    !lock.platforms.includes(thisPlatform()) || instructions(backend.identity) !== instructions(lock.backend),
    `the lock was verified on ${lock.platforms.join('; ')} by ${lock.backend}`,
  );
  expect(backend.identity).toBe(lock.backend);
  for (const [path, { sha256: expected }] of Object.entries(lock.files))
    expect(sha256(await readFile(`public/${path}`)), path).toBe(expected);
});
