// npm run verify: computes all results again, builds the pages twice, and says whether anything differs.
import { createReporter } from '../progress.ts';
import { verificationLines, verify } from '../verify.ts';
import { backendOf, presetOf, readArguments, workersOf } from './argumentValues.ts';
import { runCommand } from './runCommand.ts';
import { verifyPages } from './verifyPages.ts';

const usage = `Usage: npm run verify -- [options]

  --backend NAME      compute on this backend; on another than before, values are compared within tolerances
  --workers N         number of worker threads
  --preset small      verify the small preset, which has no pages
  --root FOLDER       verify the results in this folder, and no pages
  --no-pages          leave out the pages
  --help              show this`;

const options = {
  backend: { type: 'string' },
  workers: { type: 'string' },
  preset: { type: 'string' },
  root: { type: 'string' },
  'no-pages': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

await runCommand(async (signal) => {
  const choices = readArguments(
    process.argv.slice(2),
    { options, usage },
    ({ root, workers, ...values }) => ({
      ...{
        preset: presetOf(values.preset),
        backend: backendOf(values.backend, process.env),
        help: values.help,
      },
      ...{ pages: !values['no-pages'] && !values.preset && root === undefined },
      ...(root === undefined ? {} : { root }),
      ...(workers === undefined ? {} : { workers: workersOf(workers) }),
    }),
  );
  if (choices.help) {
    console.log(usage);
    return 0;
  }
  const reporter = createReporter(process.stdout);
  const results = await verify({ ...choices, signal, reporter });
  console.log(verificationLines(results).join('\n'));
  if (!choices.pages) return results.passed ? 0 : 1;

  console.log('\nBuilding the pages twice.');
  const { files, different } = await verifyPages(signal);
  console.log(
    different.length === 0
      ? `Both builds have the same ${files} files, byte for byte.`
      : `Both builds differ in ${different.length} of ${files} files:\n  ${different.join('\n  ')}`,
  );
  return results.passed && different.length === 0 ? 0 : 1;
});
