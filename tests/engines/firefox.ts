// Firefox, driven over WebDriver BiDi. https://www.w3.org/TR/webdriver-bidi/
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { within, type Driver, type InputSource } from './driver.ts';
import { findProgram, openWorkspace, saying, workspaceLacks, type Workspace } from './workspace.ts';

type Send = (method: string, params?: object) => Promise<Record<string, unknown>>;

interface Message {
  id?: number;
  method?: string;
  params?: { level?: string; text?: string };
  result?: Record<string, unknown>;
  message?: string;
}

const executable = findProgram('firefox-esr') ?? findProgram('firefox');

/** What this machine lacks for Firefox, as Debian calls the packages. */
export const firefoxLacks = [...(executable ? [] : ['firefox-esr']), ...workspaceLacks];

/** Starts Firefox with the given preferences beside those of every test. */
export async function launchFirefox(preferences: Record<string, boolean | number> = {}): Promise<Driver> {
  const workspace = await openWorkspace();
  try {
    const set = { 'browser.shell.checkDefaultBrowser': false, 'app.update.auto': false, ...preferences };
    const lines = Object.entries(set).map(([name, value]) => `user_pref("${name}", ${value});\n`);
    await writeFile(join(workspace.home, 'user.js'), lines.join(''));
    const program = workspace.start(executable!, [
      '--remote-debugging-port=0',
      '--no-remote',
      '--profile',
      workspace.home,
      'about:blank',
    ]);
    const said = await within(60_000, 'start of Firefox', saying(program.stderr, /listening on (ws:\S+)\n/));
    return await drive(`${/ws:\S+/.exec(said)![0]}/session`, workspace);
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

async function connect(address: string, onEvent: (message: Message) => void): Promise<Send> {
  const socket = new WebSocket(address);
  const opened = new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  await within(10_000, 'connection to Firefox', opened);
  const waiting = new Map<number, (message: Message) => void>();
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Message;
    if (message.id === undefined) onEvent(message);
    else waiting.get(message.id)?.(message);
  };
  let last = 0;
  return async (method, params = {}) => {
    const id = ++last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, message } = await within(60_000, `Firefox, ${method}`, answer);
    if (result === undefined) throw new Error(`Firefox, ${method}: ${message ?? 'no result'}`);
    return result;
  };
}

async function drive(address: string, workspace: Workspace): Promise<Driver> {
  const complaints: string[] = [];
  const send = await connect(address, ({ params: { level, text } = {} }) => {
    if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text ?? ''}`);
  });
  const { capabilities } = await send('session.new', { capabilities: {} });
  const { browserName, browserVersion } = capabilities as Record<string, string>;
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const { contexts } = await send('browsingContext.getTree');
  const { context } = (contexts as { context: string }[])[0]!;
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 900 } });

  // Without a window manager, a click gives the page the focus.
  await workspace.act('mousemove', '640', '500', 'click', '1');

  const open = async (url: string): Promise<void> => {
    await send('browsingContext.navigate', { context, url, wait: 'complete' });
  };
  return {
    version: `${browserName!} ${browserVersion!}`,
    open,
    evaluate: async (run, ...args) => {
      const { result, exceptionDetails } = await send('script.callFunction', {
        functionDeclaration: `async (args) => JSON.stringify(await (${run.toString()})(...JSON.parse(args)))`,
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        target: { context },
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error((exceptionDetails as { text: string }).text);
      const { value } = result as { value?: string };
      return (value === undefined ? undefined : JSON.parse(value)) as never;
    },
    perform: async (actions: InputSource[]) => {
      await send('input.performActions', { context, actions });
    },
    print: async () => {
      const { data } = await send('browsingContext.print', { context, background: true });
      return Buffer.from(data as string, 'base64');
    },
    consoleOf: async (urls) => {
      complaints.length = 0;
      for (const url of urls) await open(url);
      return [...complaints];
    },
    close: workspace.close,
  };
}
