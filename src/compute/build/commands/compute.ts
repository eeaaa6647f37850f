// npm run compute: brings the results up to date.
import { compute } from '../compute.ts';
import { createReporter } from '../progress.ts';
import { summary } from '../summary.ts';
import { computeArguments, computeUsage } from './arguments.ts';
import { runCommand } from './runCommand.ts';

await runCommand(async (signal) => {
  const options = computeArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(computeUsage);
    return 0;
  }
  const report = await compute({ ...options, signal, reporter: createReporter(process.stdout) });
  console.log(summary(report).join('\n'));
  return 0;
});
