import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkResults } from '../../src/compute/build/manifest.ts';
import { runPipeline } from '../../src/compute/build/runPipeline.ts';
import { smallPipeline } from '../../src/compute/build/testing/smallPipeline.ts';
import { temporaryFolder } from '../../src/compute/build/testing/temporaryFolder.ts';
import { script, start } from './childProcess.ts';
import { digestsUnder } from '../../src/compute/build/files.ts';

test('a build killed at any moment leaves complete files only, and the next one ends as if nothing had been', async () => {
  const undisturbed = join(await temporaryFolder(), 'root');
  await runPipeline(smallPipeline(undisturbed));
  const expected = await digestsUnder(undisturbed);

  const [moments, states] = [[] as number[], new Set<string>()];
  for (let moment = 0; ; moment++) {
    const root = join(await temporaryFolder(), 'root');
    const { signal, code, output } = await start(script('killedPipeline.ts'), [root, String(moment)]).ended;
    if (signal !== 'SIGKILL') {
      expect({ code, output }).toEqual({ code: 0, output: '' });
      break;
    }
    moments.push(moment);
    const left = await digestsUnder(root);
    for (const [path, digest] of Object.entries(left)) {
      if (path !== 'results/manifest.json') expect([path, digest]).toEqual([path, expected[path]]);
    }
    const reports = await runPipeline(smallPipeline(root));
    states.add(reports.map(({ state }) => state).join(' '));
    expect(await digestsUnder(root)).toEqual(expected);
    await checkResults(root);
  }
  // started, progressed (twice in the first stage), computed, each output moved, recorded
  expect(moments.length).toBe(7 + 5 + 5);
  expect([...states]).toEqual([
    'missing missing missing',
    'fresh missing missing',
    'fresh fresh missing',
    'fresh fresh fresh',
  ]);
});
