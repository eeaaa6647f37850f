// npm run compute: brings the results up to date.
import { compute } from '../compute.ts';
import { createReporter } from '../progress.ts';
import { summary } from '../summary.ts';
import { parseArguments, usage } from './parseArguments.ts';
import { runCommand } from './runCommand.ts';

await runCommand(async (signal) => {
  const options = parseArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return 0;
  }
  const report = await compute({ ...options, signal, reporter: createReporter(process.stdout) });
  console.log(summary(report).join('\n'));
  return 0;
});
