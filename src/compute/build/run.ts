import { spawn } from 'node:child_process';
import { project } from './sources.ts';

interface RunOptions {
  /** Ends the command, which then throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** What its environment has besides ours. */
  env?: Record<string, string>;
  /** Whether what it says is shown. */
  shown?: boolean;
}

/** Runs a command in the project's root; whether it succeeded. */
export function run(
  command: string,
  args: readonly string[],
  { signal, env, shown = true }: RunOptions = {},
): Promise<boolean> {
  signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: shown ? 'inherit' : 'ignore',
    signal,
  });
  return new Promise((resolve, reject) => {
    child.once('error', () => child.pid === undefined && resolve(false));
    child.once('close', (code) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve(code === 0);
    });
  });
}
