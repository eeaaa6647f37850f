// The report's own work on TensorFlow's library, through tfjs's binding for Node, in a process of its own: a process has one
// backend. It takes the bench's options as JSON, is asked and answers in lines of JSON, like peers.py.
import { createInterface } from 'node:readline';
import type { Answer, Hello } from '../parts/peers.ts';
import { bothSweeps, openWorkbench, train, type BenchOptions } from '../workbench.ts';

const bench = await openWorkbench(JSON.parse(process.argv[2]!) as BenchOptions);

const work: Record<string, () => Promise<Answer>> = {
  sweeps: () => bothSweeps(bench),
  async training() {
    const { weights: _, ...run } = await train(bench.pool(1));
    return run;
  },
};

const say = (message: Hello | Answer): void => console.log(JSON.stringify(message));

const { identity, device } = bench.backend;
say({ peers: { 'our code on TensorFlow': Object.keys(work) }, versions: { [identity]: `on ${device}` } });
for await (const line of createInterface(process.stdin)) {
  const asked = JSON.parse(line) as { work: string };
  say(await work[asked.work]!());
}
