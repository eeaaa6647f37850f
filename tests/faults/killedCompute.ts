// Runs the small preset into a root and kills itself at an event: `killedCompute.ts ROOT STAGE KIND`.
import { compute } from '../../src/compute/build/compute.ts';

const [root, stage, kind] = process.argv.slice(2);
await compute({
  preset: 'small',
  backend: 'wasm',
  root: root!,
  onEvent: (event) => {
    if (event.stage === stage && event.kind === kind) process.kill(process.pid, 'SIGKILL');
  },
});
