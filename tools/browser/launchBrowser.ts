// The browser of the site tests, the printed report and the measurements: Chromium from npm on Linux x64, an installed
// one elsewhere or where that does not start.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
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

/** Browsers that Playwright finds by itself. */
const channels = ['chrome', 'msedge', 'chromium'];

/** Chromium as Linux distributions package it. */
const commands = ['chromium', 'chromium-browser'];

/**
 * Launches a headless browser with WebGL 2. `options` are Playwright's launch options; `args` add to the flags.
 * @throws Error that says what was tried and what to install, if no browser starts
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const failures: string[] = [];
  for (const [name, find] of Object.entries(browsers())) {
    try {
      const found = await find();
      const args = [...(found.args ?? []), ...flags, ...(options.args ?? [])];
      return await chromium.launch({ ...found, ...options, args });
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0]! : String(error)}`);
    }
  }
  throw new Error(
    `no browser starts on ${process.platform} ${process.arch}: install Google Chrome, Microsoft Edge or Chromium ` +
      `(tried ${failures.join('; ')})`,
  );
}

type Find = () => LaunchOptions | Promise<LaunchOptions>;

/** What to try, in this order, and how each is launched. */
function browsers(): Record<string, Find> {
  const found: Record<string, Find> = {};
  if (process.platform === 'linux' && process.arch === 'x64') found['Chromium from npm'] = embeddedChromium;
  for (const channel of channels) found[channel] = () => ({ channel });
  for (const executablePath of commands.flatMap(onPath)) found[executablePath] = () => ({ executablePath });
  return found;
}

function onPath(command: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, command)).filter((file) => existsSync(file));
}
