// Runs the small preset into a root and kills itself within a stage: `killedCompute.ts ROOT STAGE`.
import { compute } from '../../src/compute/build/compute.ts';

const [root, stage] = process.argv.slice(2);
await compute({
  preset: 'small',
  backend: 'wasm',
  root: root!,
  onEvent: (event) => {
    if (event.kind === 'progressed' && event.stage === stage) process.kill(process.pid, 'SIGKILL');
  },
});
