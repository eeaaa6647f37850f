import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../experiments/stage.ts';
import { smallOptions } from '../options.ts';
import { checkResults } from './manifest.ts';
import { runPipeline, type PipelineOptions } from './runPipeline.ts';
import { smallPipeline, smallStages } from './testing/smallPipeline.ts';
import { temporaryFolder } from './testing/temporaryFolder.ts';

const newRoot = async (): Promise<string> => join(await temporaryFolder(), 'root');

async function states(root: string, more: Partial<PipelineOptions> = {}): Promise<string[]> {
  return (await runPipeline(smallPipeline(root, more))).map(({ state }) => state);
}

const withStage = (index: number, change: Partial<Stage>): Stage[] =>
  smallStages.map((stage, i) => (i === index ? { ...stage, ...change } : stage));

describe('checkResults(root)', () => {
  test('throws before anything is computed, on a missing file and on one from another build', async () => {
    const root = await newRoot();
    await expect(checkResults(root)).rejects.toThrow(
      /manifest\.json: nothing was computed yet; run `npm run compute`/,
    );
    await states(root);
    await checkResults(root);
    await writeFile(join(root, 'results/second.json'), '{}');
    await expect(checkResults(root)).rejects.toThrow(/second\.json: SHA-256 44136fa3.*run `npm run compute`/);
    await rm(join(root, 'results/second.json'));
    await expect(checkResults(root)).rejects.toThrow(/second\.json: missing/);
  });

  test('throws on new results beside old ones: a build failed in between, or was told to leave some out', async () => {
    const root = await newRoot();
    await states(root);
    const options = { ...smallOptions, seeds: { ...smallOptions.seeds, training: 78 } };
    const stages = withStage(1, { compute: () => Promise.reject(new Error('killed')) });
    await expect(states(root, { options, stages })).rejects.toThrow('killed');
    await expect(checkResults(root)).rejects.toThrow(/manifest\.json: second, third may be out of date/);
    expect(await states(root, { options })).toEqual(['fresh', 'stale', 'stale']);
    await checkResults(root);
    await states(root, { only: ['first'] });
    await expect(checkResults(root)).rejects.toThrow(/manifest\.json: second, third may be out of date/);
    await states(root, { only: ['second'] });
    await expect(checkResults(root)).rejects.toThrow(/manifest\.json: third may be out of date/);
    await states(root);
    await checkResults(root);
  });

  test('throws on a file that no record names: another put it there, or the record is gone', async () => {
    const root = await newRoot();
    await states(root);
    await writeFile(join(root, 'results/other.json'), '{}');
    await expect(checkResults(root)).rejects.toThrow(/results\/other\.json is in no record of the build/);
    await rm(join(root, 'results/other.json'));
    const manifest = join(root, 'results/manifest.json');
    const { stages } = JSON.parse(await readFile(manifest, 'utf8')) as { stages: Record<string, unknown> };
    const { third: _, ...others } = stages;
    await writeFile(manifest, JSON.stringify({ stages: others }));
    await expect(checkResults(root)).rejects.toThrow(/results\/third\.json is in no record of the build/);
  });

  test('passes when a stage is no longer there and all others are fresh', async () => {
    const root = await newRoot();
    await states(root);
    expect(await states(root, { stages: smallStages.slice(0, 2) })).toEqual(['fresh', 'fresh']);
    await checkResults(root);
  });
});
