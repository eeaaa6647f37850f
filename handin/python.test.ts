import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { preparePython } from './python.ts';

it('preparePython({ folder }) says what to install where there is no Python, and makes nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'python-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(preparePython({ folder: join(folder, 'venv') })).rejects.toThrow(
    /no Python 3\.10 .*install it/,
  );
  expect(readdirSync(folder)).toEqual([]);
});
