import { beforeAll, expect, it } from 'vitest';
import { startWasmBackend } from '../backend/wasm/startWasmBackend.ts';
import { networkFiles } from '../build/networkFiles.ts';
import { reportOptions } from '../options.ts';
import { resultSchemas } from '../results/schemas.ts';
import { importNetwork } from './importNetwork.ts';
import type { StageContext } from './stage.ts';

const context = {
  options: reportOptions,
  run: (task: (args: unknown) => unknown, args: unknown) => Promise.resolve(task(args)),
  progress: { start: () => undefined, tick: () => undefined },
} as unknown as StageContext;

// It was trained on pixels less MNIST's mean, over its deviation; the file does not say so.
const lenet = () => networkFiles('tests/networks/fixtures/torch-lenet.onnx');

beforeAll(startWasmBackend);

it('importNetwork(files) finds out the units of the input, and says all accuracies', async () => {
  const outputs = await importNetwork(await lenet()).compute(context);
  const imported = outputs['results/imported.json'] as { units: string; accuracies: Record<string, number> };
  expect(imported.units).toBe('mnist');
  expect(Object.keys(imported.accuracies)).toEqual(['0..1', '0..255', 'mnist', '-1..1']);
  expect(imported.accuracies.mnist).toBeGreaterThan(0.95);
  const { provenance: _, ...rest } = resultSchemas.imported.shape;
  expect(Object.keys(imported).sort()).toEqual(Object.keys(rest).sort());
});

it('importNetwork(files) takes the units that are given, and its key holds the SHA-256 of the files', async () => {
  const files = await lenet();
  const stage = importNetwork({ ...files, units: '0..1' });
  expect(stage.options(reportOptions)).toMatchObject({ sha256: files.sha256, units: '0..1' });
  const { 'results/imported.json': imported } = await stage.compute(context);
  expect(imported).toMatchObject({ units: '0..1', unitsGiven: true, file: 'torch-lenet.onnx' });
});
