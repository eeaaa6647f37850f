import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { gpuHint, gpuRequirements, machineFacts, type MachineFacts } from './gpuRequirements.ts';

const ready: MachineFacts = {
  platform: 'linux',
  arch: 'x64',
  nodeMajor: 22,
  driver: true,
  libraries: ['libcudart.so.11.0', 'libcudnn.so.8'],
  addon: true,
};

const missing = (facts: Partial<MachineFacts>) =>
  gpuRequirements({ ...ready, ...facts })
    .filter(({ met }) => !met)
    .map(({ name }) => name);

describe('gpuRequirements(facts)', () => {
  it('is content with what TensorFlow 2.9 needs, on Linux and on Windows', () => {
    expect(missing({})).toEqual([]);
    expect(missing({ platform: 'win32', libraries: ['cudart64_110.dll', 'cudnn64_8.dll'] })).toEqual([]);
  });

  it.each<[Partial<MachineFacts>, string[]]>([
    [{ platform: 'darwin' }, ['Linux or Windows on x64']],
    [{ arch: 'arm64' }, ['Linux or Windows on x64']],
    [{ nodeMajor: 24 }, ['Node 22 or older']],
    [{ driver: false }, ['NVIDIA driver']],
    [{ libraries: ['libcudart.so.12', 'libcudnn.so.9'] }, ['CUDA 11.2', 'cuDNN 8.1']],
    [{ addon: false }, ['addon of @tensorflow/tfjs-node-gpu']],
  ])('names what is missing with %j', (facts, names) => {
    expect(missing(facts)).toEqual(names);
  });

  it('says what to do about each', () => {
    for (const { advice } of gpuRequirements({ ...ready, nodeMajor: 24 }))
      expect(advice.length).toBeGreaterThan(20);
  });
});

describe('machineFacts(packageFolder)', () => {
  it('finds libraries where the loader is told to look, and the addon in its package', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gpu-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'libcudnn.so.8'), '');
    vi.stubEnv(process.platform === 'win32' ? 'PATH' : 'LD_LIBRARY_PATH', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(machineFacts(undefined)).toMatchObject({ platform: process.platform, addon: false });
    expect(machineFacts(folder).libraries).toContain('libcudnn.so.8');

    mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
    expect(machineFacts(folder).addon).toBe(false);
    writeFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
    expect(machineFacts(folder).addon).toBe(true);
  });
});

describe('gpuHint(backend, paths)', () => {
  const processor = { device: 'CPU (TensorFlow)' };

  it('speaks only where a device is present and not used', () => {
    expect(gpuHint(processor, [import.meta.filename])).toContain('npm run setup:gpu');
    expect(gpuHint({ device: 'GPU (CUDA)' }, [import.meta.filename])).toBeUndefined();
    expect(gpuHint(processor, ['/no/such/device'])).toBeUndefined();
  });
});
