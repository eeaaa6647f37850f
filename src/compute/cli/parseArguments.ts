// The arguments of `npm run compute`.
import { parseArgs } from 'node:util';
import { backendChoices, type BackendChoice } from '../backend/startBackend.ts';
import type { ComputeOptions } from '../pipeline/compute.ts';

/** The environment variable that chooses the backend where no argument does. */
export const BACKEND_VARIABLE = 'ADVERSARIAL_BACKEND';

/** How the command is used. */
export const usage = `Usage: npm run compute -- [options]

  --force             compute even what is fresh
  --only STAGE        this stage and what it needs (may be repeated)
  --preset small      a minute's worth of the same work, in a folder of its own
  --root FOLDER       write the results there
  --backend NAME      ${backendChoices.join(', ')} (or ${BACKEND_VARIABLE}; default auto)
  --workers N         number of worker threads (default: one for each core, at most four)
  --update-lock       write results.lock.json from these results
  --help              show this`;

/** Thrown on arguments that make no sense; the message ends with the usage. */
export class UsageError extends Error {
  override name = 'UsageError';
  constructor(problem: string) {
    super(`${problem}\n\n${usage}`);
  }
}

/**
 * Reads the command's arguments.
 *
 * @returns the options, or 'help' if that is asked for
 * @throws {UsageError} on an argument that is unknown, or a value that is not one of those expected
 */
export function parseArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ComputeOptions | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  const { preset = 'report', workers, only, root } = values;
  if (preset !== 'report' && preset !== 'small')
    throw new UsageError(`invalid --preset: '${preset}', expected small`);
  if (workers !== undefined && !/^[1-9][0-9]?$/.test(workers)) {
    throw new UsageError(`invalid --workers: '${workers}', expected a number from 1 to 99`);
  }
  return {
    ...{ preset, backend: backendOf(values.backend, environment) },
    ...{ force: values.force ?? false, updateLock: values['update-lock'] ?? false },
    ...(only ? { only: only.flatMap((names) => names.split(',')) } : {}),
    ...(root === undefined ? {} : { root }),
    ...(workers === undefined ? {} : { workers: Number(workers) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        force: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        preset: { type: 'string' },
        root: { type: 'string' },
        backend: { type: 'string' },
        workers: { type: 'string' },
        'update-lock': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** The backend of an argument or, without one, of the environment. Throws {@link UsageError} on an unknown name. */
export function backendOf(
  argument: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): BackendChoice {
  const variable = environment[BACKEND_VARIABLE];
  const name = argument ?? (variable === '' ? undefined : variable) ?? 'auto';
  const choice = backendChoices.find((one) => one === name);
  if (choice) return choice;
  const source = argument === undefined ? BACKEND_VARIABLE : '--backend';
  throw new UsageError(`invalid ${source}: '${name}', expected one of ${backendChoices.join(', ')}`);
}
