// Runs the tiny pipeline into a root that the system may refuse, and says what it says to that.
import { runPipeline } from '../../src/compute/build/runPipeline.ts';
import { smallPipeline } from '../../src/compute/build/testing/smallPipeline.ts';

await runPipeline(smallPipeline(process.argv[2]!)).catch((error: unknown) => {
  console.log((error as Error).message);
  process.exitCode = 1;
});
