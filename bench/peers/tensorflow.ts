// The report's own work on TensorFlow's library, through tfjs's binding for Node, in a process of its own: a process has one
// backend. It takes the bench's arguments, is asked and answers in lines of JSON, like peers.py.
import { createInterface } from 'node:readline';
import { reportOptions } from '../../src/compute/options.ts';
import { benchArguments } from '../arguments.ts';
import { timed } from '../measure.ts';
import { trainer, trainingSteps } from '../parts/network.ts';
import { accuracies, sweep } from '../parts/sweeps.ts';
import type { Answer, Peers } from '../startPeers.ts';
import { openWorkbench } from '../workbench.ts';

const options = benchArguments(process.argv.slice(2));
if (options === 'help') throw new Error('this process is started by npm run bench, which has --help');
const bench = await openWorkbench(options);
const train = await trainer(trainingSteps(options));

const swept = (steps: number) => async (): Promise<Answer> => {
  let found: number[] = [];
  const run = await timed(async () => {
    found = accuracies(await sweep(bench, { steps }), bench.images.digits.labels);
  });
  return { ...run, accuracies: found };
};

const work: Record<string, () => Promise<Answer>> = {
  fgsm: swept(1),
  iterative: swept(reportOptions.sweep.steps),
  training: () => train(bench.pool(1), 1),
};

function say(message: Pick<Peers, 'peers' | 'versions'> | Answer): void {
  console.log(JSON.stringify(message));
}

const { identity, device } = bench.backend;
say({ peers: { 'our code on TensorFlow': Object.keys(work) }, versions: { [identity]: `on ${device}` } });
for await (const line of createInterface(process.stdin)) {
  const asked = JSON.parse(line) as { work: string };
  const { seconds, processorSeconds, accuracies: found } = await work[asked.work]!();
  say({ seconds, processorSeconds, ...(found && { accuracies: found }) });
}
await bench.close();
