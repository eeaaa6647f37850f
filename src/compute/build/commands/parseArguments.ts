// The arguments of `npm run compute`.
import { backendChoices } from '../../backend/startBackend.ts';
import type { ComputeOptions } from '../compute.ts';
import {
  BACKEND_VARIABLE,
  backendOf,
  presetOf,
  readArguments,
  workersOf,
  type Environment,
} from './argumentValues.ts';

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

const options = {
  force: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  preset: { type: 'string' },
  root: { type: 'string' },
  backend: { type: 'string' },
  workers: { type: 'string' },
  'update-lock': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the command's arguments.
 *
 * @returns the options, or 'help' if that is asked for
 * @throws on an argument that is unknown or a value that is not one of those expected, with the usage
 */
export function parseArguments(
  args: readonly string[],
  environment: Environment = process.env,
): ComputeOptions | 'help' {
  return readArguments(args, { options, usage }, (values) => {
    if (values.help) return 'help';
    const { force = false, only, root, workers } = values;
    return {
      ...{ preset: presetOf(values.preset), backend: backendOf(values.backend, environment) },
      ...{ force, updateLock: values['update-lock'] ?? false },
      ...(only ? { only: only.flatMap((names) => names.split(',')) } : {}),
      ...(root === undefined ? {} : { root }),
      ...(workers === undefined ? {} : { workers: workersOf(workers) }),
    };
  });
}
