// What the commands have in common: Ctrl-C ends them cleanly, errors are told in a line, the exit code says it all.
// It imports the sources' texts alone: a command loads the rest when it runs, and what it loads is what they say.
import '../sources.ts';
import { once } from 'node:events';

/** Exit codes of a command that was interrupted, and of one whose output nobody reads, as shells have them. */
const INTERRUPTED = 130;
const UNREAD = 141;

/**
 * Runs a command until it is done or a signal stops it, and sets the exit code: its own, 1 on an error, 130 if stopped. A
 * command that takes the signal ends by itself, when it has tidied up; another is ended.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  let stopped: number | undefined;
  const stop = (code: number, reason: string): void => {
    stopped ??= code;
    controller.abort(new Error(reason));
  };
  // A signal comes more than once: npm passes on what the terminal has sent to both, and a shell that dies of it ends us too.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => stop(INTERRUPTED, `stopped by ${name}; finished stages are kept`));
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) =>
    stop(code === 'EPIPE' ? UNREAD : 1, `the output cannot be written: ${message}`),
  );
  process.stderr.on('error', () => undefined);
  let failure: unknown;
  const running = [command(controller.signal)];
  if (command.length === 0) running.push(once(controller.signal, 'abort').then(() => INTERRUPTED));
  const code = await Promise.race(running).catch((error: unknown) => {
    failure = error;
    return 1;
  });
  await new Promise((resolve) => process.stdout.write('', resolve));
  if (stopped !== undefined) failure = controller.signal.reason;
  if (failure !== undefined && stopped !== UNREAD) process.stderr.write(`\n${messageOf(failure)}\n`);
  // A backend may keep handles open, and an interrupted stage may still be at work: there is nothing left to wait for.
  process.exit(stopped ?? code);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG ? (error.stack ?? error.message) : error.message;
}
