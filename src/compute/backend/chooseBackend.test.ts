import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';

vi.mock(import('./backends.ts'), async (original) => ({ ...(await original()), findPackage: vi.fn() }));
// A package that brings no backend.
vi.mock('@tensorflow/tfjs-node-gpu', () => ({}));
// Another file of the same worker may have imported them, unmocked.
vi.resetModules();
const { findPackage } = await import('./backends.ts');
const { chooseBackend } = await import('./chooseBackend.ts');
const found = vi.mocked(findPackage);

const { peerDependencies } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { peerDependencies: Record<string, string> };
const peer = peerDependencies['@tensorflow/tfjs-node']!;

describe('chooseBackend(choice)', () => {
  test('names the embedded backend and the device it runs on', async () => {
    const { backend, notices } = await chooseBackend('wasm');
    expect(backend).toMatchObject({ name: 'wasm', device: 'CPU (WebAssembly SIMD)' });
    expect(backend.identity).toContain('4.22.0');
    expect(notices).toEqual([]);
  });

  test('takes the embedded one if no GPU package is installed', async () => {
    found.mockReturnValue(undefined);
    expect(await chooseBackend('auto')).toEqual(await chooseBackend('wasm'));
  });

  test.each([
    ['gpu', '@tensorflow/tfjs-node-gpu', 'npm run setup:gpu'],
    [
      'tensorflow',
      '@tensorflow/tfjs-node',
      `npm install --no-save --save-prod @tensorflow/tfjs-node@${peer}`,
    ],
  ] as const)(
    'throws if %s is named and its package is not installed, with the way out',
    async (choice, name, command) => {
      found.mockReturnValue(undefined);
      await expect(chooseBackend(choice)).rejects.toThrow(
        `backend ${choice}: the package ${name} is not installed; run \`${command}\` or use \`--backend wasm\``,
      );
    },
  );

  test('throws if gpu is named and its package does not load; auto goes on without it and says why', async () => {
    found.mockReturnValue('/where/it/is');
    const fault =
      /backend gpu: @tensorflow\/tfjs-node-gpu is installed but does not load \(.*tensorflow.*\); run `npm run setup:gpu`, which says what is missing, or use `--backend wasm`$/;
    await expect(chooseBackend('gpu')).rejects.toThrow(fault);
    const { backend, notices } = await chooseBackend('auto');
    expect(backend.name).toBe('wasm');
    expect(notices).toEqual([expect.stringMatching(fault)]);
  });
});
