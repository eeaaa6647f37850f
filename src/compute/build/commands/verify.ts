// npm run verify: computes all results again, builds the pages twice, and says whether anything differs.
import { runCommand } from './runCommand.ts';

await runCommand(async (signal) => {
  const { verifyArguments } = await import('./arguments.ts');
  const { createReporter } = await import('../progress.ts');
  const { verify, verifyPages } = await import('../verify.ts');
  const options = verifyArguments(process.argv.slice(2));
  if (!options) return 0;
  const { lines, passed } = await verify({ ...options, signal, onEvent: createReporter(process.stdout) });
  console.log(lines.join('\n'));
  if (!options.pages) return passed ? 0 : 1;

  console.log('\nBuilding the pages twice.');
  const { files, different } = await verifyPages(signal);
  console.log(
    different.length === 0
      ? `Both builds have the same ${files} files, byte for byte.`
      : `Both builds differ in ${different.length} of ${files} files:\n  ${different.join('\n  ')}`,
  );
  return passed && different.length === 0 ? 0 : 1;
});
