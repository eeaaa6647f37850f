import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type * as Embedded from '../../tools/browser/embeddedChromium.ts';
import { launchBrowser } from '../../tools/browser/launchBrowser.ts';

vi.mock('../../tools/browser/embeddedChromium.ts', () => ({
  embeddedChromium: () => Promise.reject(new Error('does not unpack')),
}));

const embeds = process.platform === 'linux' && process.arch === 'x64';

test.runIf(embeds)(
  'launchBrowser() takes `chromium` of the PATH where the embedded one does not start',
  async () => {
    const embedded = await vi.importActual<typeof Embedded>('../../tools/browser/embeddedChromium.ts');
    const { executablePath, args = [], env } = await embedded.embeddedChromium();
    const folder = await mkdtemp(join(tmpdir(), 'path-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await symlink(executablePath!, join(folder, 'chromium'));
    vi.stubEnv('PATH', folder);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const browser = await launchBrowser({ args, env: env! });
    expect(browser.isConnected()).toBe(true);
    await browser.close();
  },
);
