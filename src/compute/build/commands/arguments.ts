// The arguments of the commands, read strictly: what is not understood is an error that ends with the usage.
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { backendChoices, type BackendChoice } from '../../backend/chooseBackend.ts';
import type { Options } from '../../options.ts';

const BACKEND_VARIABLE = 'ADVERSARIAL_BACKEND';

const computeUsage = `Usage: npm run compute -- [options]

  --force             compute even what is fresh
  --only STAGE        this stage and what it needs (may be repeated)
  --preset small      a minute's worth of the same work, in a folder of its own
  --root FOLDER       write the results there
  --backend NAME      ${backendChoices.join(', ')} (or ${BACKEND_VARIABLE}; default auto)
  --workers N         number of worker threads (default: one for each core, at most four)
  --update-lock       write results.lock.json from these results
  --help              show this`;

const verifyUsage = `Usage: npm run verify -- [options]

  --backend NAME      compute on this backend; on another than before, values are compared within tolerances
  --workers N         number of worker threads
  --preset small      verify the small preset, which has no pages
  --root FOLDER       verify the results in this folder, and no pages
  --no-pages          leave out the pages
  --help              show this`;

const shared = {
  preset: { type: 'string', default: 'report' },
  root: { type: 'string' },
  backend: { type: 'string' },
  workers: { type: 'string' },
} as const;

type Values<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ options: T }>
>['values'];

/** Reads the arguments of `npm run compute`, like {@link readArguments}. */
export function computeArguments(args: readonly string[], environment = process.env) {
  const options = {
    ...shared,
    force: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    'update-lock': { type: 'boolean' },
  } as const;
  return readArguments(args, { options, usage: computeUsage }, (values) => ({
    ...sharedChoices(values, environment),
    force: values.force,
    only: values.only?.flatMap((names) => names.split(',')),
    updateLock: values['update-lock'],
  }));
}

/** Reads the arguments of `npm run verify`, like {@link readArguments}. */
export function verifyArguments(args: readonly string[], environment = process.env) {
  const options = { ...shared, 'no-pages': { type: 'boolean' } } as const;
  return readArguments(args, { options, usage: verifyUsage }, (values) => {
    const choices = sharedChoices(values, environment);
    const ofReport = choices.preset === 'report' && choices.root === undefined;
    return { ...choices, pages: ofReport && !values['no-pages'] };
  });
}

/**
 * Parses arguments and makes something of them; prints the usage instead if `--help` is among them.
 *
 * @throws if an argument is unknown or `read` throws: the problem, then the usage
 */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>, R>(
  args: readonly string[],
  { options, usage }: { options: T; usage: string },
  read: (values: Values<T>) => R,
): R | undefined {
  if (args.includes('--help')) {
    console.log(usage);
    return undefined;
  }
  try {
    return read(parseArgs({ args: [...args], options }).values);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}

function sharedChoices(
  { preset, root, backend, workers }: Values<typeof shared>,
  environment: NodeJS.ProcessEnv,
) {
  if (root === '') throw new Error("invalid --root: '', expected a folder");
  return {
    preset: oneOf('--preset', preset, ['report', 'small'] satisfies Options['preset'][]),
    root,
    backend: backendOf(backend, environment),
    workers: workers === undefined ? undefined : workersOf(workers),
  };
}

/** The number of workers of an argument. Throws unless it is a whole number from 1 to 99. */
export function workersOf(argument: string): number {
  if (/^[1-9][0-9]?$/.test(argument)) return Number(argument);
  throw new Error(`invalid --workers: '${argument}', expected a number from 1 to 99`);
}

/** The backend of an argument or, without one, of the environment. Throws on an unknown name. */
export function backendOf(argument: string | undefined, environment: NodeJS.ProcessEnv): BackendChoice {
  if (argument !== undefined) return oneOf('--backend', argument, backendChoices);
  const variable = environment[BACKEND_VARIABLE] ?? '';
  return variable === '' ? 'auto' : oneOf(BACKEND_VARIABLE, variable, backendChoices);
}

/** The choice that an argument is. Throws if it is none. */
export function oneOf<T extends string>(name: string, argument: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === argument);
  if (choice !== undefined) return choice;
  throw new Error(`invalid ${name}: '${argument}', expected one of ${choices.join(', ')}`);
}
