import { expect, test } from 'vitest';
import { compute } from './compute.ts';
import { MANIFEST } from './manifest.ts';
import type { BuildEvent } from './progress.ts';
import { temporaryFolder, writeFiles } from './testing/temporaryFolder.ts';

/** What a build that is stopped at once has said. */
async function saidAtStart(root: string, more: Parameters<typeof compute>[0] = {}): Promise<string> {
  const lines: string[] = [];
  const onEvent = (event: BuildEvent) => event.kind === 'said' && lines.push(event.text);
  await compute({ root, onEvent, backend: 'wasm', signal: AbortSignal.abort(), ...more }).catch(
    () => undefined,
  );
  return lines.join('\n');
}

test('compute(options) says before a first build how long it takes, and nothing before a later or a small one', async () => {
  const root = await temporaryFolder();
  const said = /^The first build takes .+ minutes on two cores/;
  expect(await saidAtStart(root)).toMatch(said);
  expect(await saidAtStart(root, { preset: 'small' })).toBe('');
  const stage = { key: '0'.repeat(64), parts: {}, outputs: {} };
  await writeFiles(root, { [MANIFEST]: JSON.stringify({ stages: { train: stage } }) });
  expect(await saidAtStart(root)).toBe('');
});
