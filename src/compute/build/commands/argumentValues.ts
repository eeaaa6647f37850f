// Arguments that several commands share, read strictly: what is not understood is an error that ends with the usage.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { backendChoices, type BackendChoice } from '../../backend/startBackend.ts';
import type { Options } from '../../options.ts';

/** The environment variable that chooses the backend where no argument does. */
export const BACKEND_VARIABLE = 'ADVERSARIAL_BACKEND';

/** Variables of the environment by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Values<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ options: T }>
>['values'];

/**
 * Parses arguments and makes something of them.
 *
 * @throws if an argument is unknown or `read` throws: the problem, then the usage
 */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>, R>(
  args: readonly string[],
  { options, usage }: { options: T; usage: string },
  read: (values: Values<T>) => R,
): R {
  try {
    return read(parseArgs({ args: [...args], options }).values);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

/** The preset of an argument; the report's without one. Throws on an unknown name. */
export function presetOf(argument: string | undefined): Options['preset'] {
  if (argument === undefined || argument === 'report' || argument === 'small') return argument ?? 'report';
  throw new Error(`invalid --preset: '${argument}', expected small`);
}

/** The number of workers of an argument. Throws unless it is a whole number from 1 to 99. */
export function workersOf(argument: string): number {
  if (/^[1-9][0-9]?$/.test(argument)) return Number(argument);
  throw new Error(`invalid --workers: '${argument}', expected a number from 1 to 99`);
}

/** The backend of an argument or, without one, of the environment. Throws on an unknown name. */
export function backendOf(argument: string | undefined, environment: Environment): BackendChoice {
  const variable = environment[BACKEND_VARIABLE];
  const name = argument ?? (variable === '' ? undefined : variable) ?? 'auto';
  const choice = backendChoices.find((one) => one === name);
  if (choice) return choice;
  const source = argument === undefined ? BACKEND_VARIABLE : '--backend';
  throw new Error(`invalid ${source}: '${name}', expected one of ${backendChoices.join(', ')}`);
}
