// What a browser under test needs around it: a home folder, a screen, and an end for all its processes.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { within } from './driver.ts';

export type Program = ChildProcessByStdio<null, Readable, Readable>;

export interface Workspace {
  /** A folder for the profile and for what the browser writes. */
  home: string;
  /** Starts a program in the home folder, on the screen. It ends with the workspace, and so does all that it starts. */
  start: (path: string, args: string[]) => Program;
  /** The hand of a person at the screen: `xdotool`'s own arguments. */
  act: (...args: string[]) => Promise<void>;
  close: () => Promise<void>;
}

/** What every browser needs beside itself, as Debian calls the packages, and this machine lacks. */
export const workspaceLacks = Object.entries({ xvfb: 'Xvfb', xdotool: 'xdotool' }).flatMap(
  ([name, program]) => (findProgram(program) ? [] : [name]),
);

/** The path of a program, or undefined where this machine has none. */
export function findProgram(name: string, further: readonly string[] = []): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...further];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Opens a workspace with a virtual screen of its own. */
export async function openWorkspace(): Promise<Workspace> {
  const home = await mkdtemp(join(tmpdir(), 'browser-'));
  const environment: NodeJS.ProcessEnv = { ...process.env, HOME: home, TMPDIR: home };
  delete environment.WAYLAND_DISPLAY;
  const groups: number[] = [];

  const start = (path: string, args: string[]): Program => {
    const child = spawn(path, args, {
      cwd: home,
      env: environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined) groups.push(child.pid);
    return child;
  };

  const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp']);
  groups.length = 0;
  const ended = once(screen, 'exit');
  const killAll = (): void => {
    for (const group of groups) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
    // Not killed: it takes its lock and socket with it.
    screen.kill();
  };
  process.once('exit', killAll);
  const number = await within(10_000, 'start of Xvfb', saying(screen.stdout, /\d+\n/));
  environment.DISPLAY = `:${number.trim()}`;
  return {
    home,
    start,
    act: async (...args) => {
      await within(10_000, `xdotool ${args.join(' ')}`, once(start('xdotool', args), 'exit'));
    },
    close: async () => {
      killAll();
      process.off('exit', killAll);
      await within(5_000, 'end of Xvfb', ended);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What a program has written once that matches. */
export function saying(output: Readable, expected: RegExp): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    output.on('data', (data: Buffer) => {
      said += data.toString();
      if (expected.test(said)) resolve(said);
    });
  });
}
