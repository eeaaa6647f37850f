import { readArguments } from '../src/compute/build/commands/arguments.ts';

/** Ends a command that takes no arguments, with its usage, if it was given any. */
export function requireNoArguments(usage: string): void {
  try {
    readArguments(process.argv.slice(2), { options: {}, usage }, () => undefined);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
