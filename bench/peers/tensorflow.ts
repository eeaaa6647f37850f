// The report's own work on TensorFlow's library, through tfjs's binding for Node, in a process of its own: a process has one
// backend. It takes the bench's arguments, is asked and answers in lines of JSON, like peers.py.
import { createInterface } from 'node:readline';
import { benchArguments } from '../arguments.ts';
import type { Answer, Hello } from '../startPeers.ts';
import { bothSweeps, train } from '../work.ts';
import { openWorkbench } from '../workbench.ts';

const options = benchArguments(process.argv.slice(2));
if (!options) throw new Error('this process is started by npm run bench, which has --help');
const bench = await openWorkbench(options);

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
