// What the commands have in common: Ctrl-C ends them cleanly, errors are told in a line, the exit code says it all.

/** Exit code of a command that was interrupted, as shells have it. */
export const INTERRUPTED = 130;

/** Runs a command until it is done or a signal stops it, and sets the exit code: its own, 1 on an error, 130 if stopped. */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => controller.abort(new Error(`stopped by ${name}; finished stages are kept`)));
  }
  try {
    process.exitCode = await command(controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? INTERRUPTED : 1;
    process.stderr.write(`\n${messageOf(error)}\n`);
  }
  // A backend may keep handles open, and an interrupted stage may still be at work: there is nothing left to wait for.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit();
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.DEBUG ? (error.stack ?? error.message) : error.message;
}
