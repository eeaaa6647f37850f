// WebKit as WebKitGTK's MiniBrowser, driven over WebDriver. https://www.w3.org/TR/webdriver2/
import { readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { within, type Driver, type InputSource } from './driver.ts';
import { findProgram, openWorkspace, saying, workspaceLacks, type Workspace } from './workspace.ts';

type Ask = (path: string, body: object) => Promise<unknown>;

const libraries = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1`);
const miniBrowser = findProgram('MiniBrowser', libraries);

/** What this machine lacks for WebKit, as Debian calls the packages. */
export const webkitLacks = [
  ...(findProgram('WebKitWebDriver') && miniBrowser ? [] : ['webkit2gtk-driver']),
  ...workspaceLacks,
];

/** Starts MiniBrowser; `features` are WebKit's own switches, such as AllowWebGLInWorkers. */
export async function launchWebkit(features: string[] = []): Promise<Driver> {
  const workspace = await openWorkspace();
  try {
    const port = await freePort();
    workspace.start('WebKitWebDriver', [`--port=${port}`]);
    const server = `http://127.0.0.1:${port}`;
    await within(20_000, 'start of WebKitWebDriver', answering(`${server}/status`));
    const args = ['--automation', ...features.map((name) => `--features=${name}`)];
    const browser = { 'webkitgtk:browserOptions': { binary: miniBrowser, args } };
    const { sessionId, capabilities } = (await request(`${server}/session`, {
      capabilities: { alwaysMatch: browser },
    })) as { sessionId: string; capabilities: Record<string, string> };
    const ask: Ask = (path, body) => request(`${server}/session/${sessionId}${path}`, body);
    await ask('/window/rect', { x: 0, y: 0, width: 1280, height: 938 });
    await ask('/timeouts', { script: 60_000 });
    return drive(`WebKitGTK ${capabilities.browserVersion!}`, ask, workspace);
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** A port that was free a moment ago: the driver does not choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(url: string): Promise<void> {
  while (!(await fetch(url).catch(() => undefined))?.ok) await sleep(50);
}

async function request(url: string, body: object): Promise<unknown> {
  const signal = AbortSignal.timeout(60_000);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal });
  const { value } = (await response.json()) as { value: { message?: string } };
  if (!response.ok) throw new Error(`WebKit, ${url}: ${value.message ?? response.status}`);
  return value;
}

function drive(version: string, ask: Ask, workspace: Workspace): Driver {
  return {
    version,
    open: async (url) => {
      await ask('/url', { url });
    },
    evaluate: async (run, ...args) => {
      const script = `const done = arguments[1];
        (async () => (${run.toString()})(...JSON.parse(arguments[0])))()
          .then((value) => done({ value: JSON.stringify(value) }), (error) => done({ error: String(error) }));`;
      const { value, error } = (await ask('/execute/async', {
        script,
        args: [JSON.stringify(args)],
      })) as { value?: string; error?: string };
      if (error !== undefined) throw new Error(error);
      return (value === undefined ? undefined : JSON.parse(value)) as never;
    },
    perform: async (actions: InputSource[]) => {
      await ask('/actions', { actions });
    },
    // WebKitWebDriver cannot print; the browser can, into a file, by its dialog.
    print: async () => {
      const file = join(workspace.home, 'output.pdf');
      await rm(file, { force: true });
      await workspace.act(
        'search',
        '--onlyvisible',
        '--class',
        'MiniBrowser',
        'windowfocus',
        'key',
        'ctrl+p',
      );
      await sleep(500);
      await workspace.act('key', 'Tab');
      await sleep(100);
      await workspace.act('key', 'Return');
      return within(20_000, 'a printed file', complete(file));
    },
    // Nor does it tell of the console; the browser does, when it is not automated. A frame for each page, so that one
    // script knows when all are there.
    consoleOf: async (urls) => {
      const frames = urls.map((url) => `<iframe width="1200" height="800" src="${url}"></iframe>`).join('');
      const script = `onload = () => setTimeout(() => console.log('all loaded'), 1000)`;
      const page = `data:text/html,${encodeURIComponent(`<script>${script}</script>${frames}`)}`;
      const browser = workspace.start(miniBrowser!, ['--enable-write-console-messages-to-stdout=true', page]);
      const said = await within(30_000, 'pages in frames', saying(browser.stderr, /all loaded/));
      browser.kill();
      return said.split('\n').filter((line) => /CONSOLE .*(ERROR|WARN)/.test(line));
    },
    close: workspace.close,
  };
}

async function complete(file: string): Promise<Buffer> {
  for (;;) {
    const written = await readFile(file).catch(() => undefined);
    if (written?.subarray(-8).toString().includes('%%EOF')) return written;
    await sleep(50);
  }
}
