// Runs the tiny pipeline into a root and kills itself at a moment of a stage, by its number.
import { runPipeline } from '../../src/compute/build/runPipeline.ts';
import { smallPipeline } from '../../src/compute/build/testing/smallPipeline.ts';

const [root, fatal] = process.argv.slice(2);
let events = 0;
await runPipeline(
  smallPipeline(root!, {
    onEvent: (event) => {
      if ('stage' in event && events++ === Number(fatal)) process.kill(process.pid, 'SIGKILL');
    },
  }),
);
