import { describe, expect, test } from 'vitest';
import { findPackage } from './findPackage.ts';
import { gpuHint } from './gpuHint.ts';
import { chooseBackend, type BackendChoice } from './startBackend.ts';

describe('chooseBackend(choice)', () => {
  test('names the embedded backend and the device it runs on', async () => {
    const { backend, notices } = await chooseBackend('wasm');
    expect(backend).toMatchObject({ name: 'wasm', device: 'CPU (WebAssembly SIMD)' });
    expect(backend.identity).toContain('4.22.0');
    expect(notices).toEqual([]);
  });

  test.skipIf(findPackage('@tensorflow/tfjs-node-gpu'))(
    'takes the embedded one if no GPU package is installed',
    async () => {
      expect(await chooseBackend('auto')).toEqual(await chooseBackend('wasm'));
    },
  );

  test.each([
    ['gpu', '@tensorflow/tfjs-node-gpu'],
    ['tensorflow', '@tensorflow/tfjs-node'],
  ] as const)(
    'throws if %s is named and its package is not installed, with the way out',
    async (choice, name) => {
      if (findPackage(name)) return;
      await expect(chooseBackend(choice)).rejects.toThrow(
        `backend ${choice}: the package ${name} is not installed; run \`npm run setup:gpu\` or use \`--backend wasm\``,
      );
    },
  );

  test('throws on a name that it does not know', async () => {
    await expect(chooseBackend('cuda' as BackendChoice)).rejects.toThrow(
      "unknown backend: 'cuda', expected one of auto, gpu, tensorflow, wasm",
    );
  });
});

describe('gpuHint(used, paths)', () => {
  test('speaks only where a device is present and not used', () => {
    expect(gpuHint('wasm', [import.meta.filename])).toContain('npm run setup:gpu');
    expect(gpuHint('gpu', [import.meta.filename])).toBeUndefined();
    expect(gpuHint('wasm', ['/no/such/device'])).toBeUndefined();
  });
});
