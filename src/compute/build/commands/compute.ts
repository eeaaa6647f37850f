// npm run compute: brings the results up to date.
import { runCommand } from './runCommand.ts';

await runCommand(async (signal) => {
  const { computeArguments } = await import('./arguments.ts');
  const { compute } = await import('../compute.ts');
  const { createReporter } = await import('../progress.ts');
  const { irreproducible, summary } = await import('../summary.ts');
  const options = computeArguments(process.argv.slice(2));
  if (!options) return 0;
  const report = await compute({ ...options, signal, onEvent: createReporter(process.stdout) });
  console.log(summary(report).join('\n'));
  return irreproducible(report) ? 1 : 0;
});
