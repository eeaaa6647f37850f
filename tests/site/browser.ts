// The browser of the site tests: Chromium from npm on Linux x64, an installed one elsewhere.
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { embeddedChromium } from './embeddedChromium.ts';

/** Software WebGL 2 where there is no GPU, and nothing that asks the network on the browser's own account. */
const flags = [
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const channels = ['chrome', 'msedge', 'chromium'];

/**
 * Launches a headless browser with WebGL 2. `options` are Playwright's launch options; `args` add to the flags.
 * @throws Error that says what to install, if this machine has no browser that Playwright finds.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const args = [...flags, ...(options.args ?? [])];
  if (process.platform === 'linux' && process.arch === 'x64') {
    const embedded = await embeddedChromium();
    return chromium.launch({ ...embedded, ...options, args: [...(embedded.args ?? []), ...args] });
  }
  return launchInstalled({ ...options, args });
}

/** Tries the channels in order; the first that starts is the browser. */
export async function launchInstalled(options: LaunchOptions): Promise<Browser> {
  const failures: string[] = [];
  for (const channel of channels) {
    try {
      return await chromium.launch({ ...options, channel });
    } catch (error) {
      failures.push(`${channel}: ${error instanceof Error ? error.message.split('\n')[0]! : String(error)}`);
    }
  }
  throw new Error(
    `no browser found on ${process.platform} ${process.arch}: install Google Chrome, Microsoft Edge or Chromium ` +
      `(tried ${failures.join('; ')})`,
  );
}
