// Builds in processes of their own, which can be killed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended, and what it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/** A process that runs, and its end. */
export interface Running {
  pid: number;
  /** Resolves when the output so far contains the text; rejects if the process ends before. */
  saying: (text: string) => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<Ended>;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The command of `npm run compute`. */
export const computeCommand = path('../../src/compute/build/commands/compute.ts');

/** The command that `npm run build` gives the pages to. */
export const pagesCommand = path('../../tools/astro.ts');

/** This process's environment without what the test runner put there: Vite would take BASE_URL for the site's own. */
const environmentOfTests = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(BASE_URL|NODE_ENV|MODE|DEV|PROD|SSR|TEST|VITEST.*)$/.test(name),
  ),
);

/** Starts a script with Node; it is killed with the process that started it. */
export function start(
  script: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...environmentOfTests, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  child.once('close', () => process.off('exit', killAtExit));
  let output = '';
  const onData = (data: Buffer): void => void (output += data.toString());
  child.stdout.on('data', onData);
  child.stderr.on('data', onData);
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, output })),
  );
  const saying = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (output.includes(text)) resolve();
      };
      child.stdout.on('data', check);
      check();
      void ended.then(() => reject(new Error(`ended without saying '${text}':\n${output}`)));
    });
  return { pid: child.pid!, saying, kill: (signal) => void child.kill(signal), ended };
}

/** A script of this folder. */
export const script = (name: string): string => path(`./${name}`);
