// The worker of a network: it owns tfjs, the weights and a GL context, and does one job at a time.
import { memory } from '@tensorflow/tfjs-core';
import {
  startBrowserBackend,
  type BrowserBackend,
} from '../../../compute/backend/browser/startBrowserBackend.ts';
import type { Message, Reply } from '../session/protocol.ts';
import { messageOf } from '../session/status.ts';
import { isExact } from './isExact.ts';
import { findNetwork, loadNetwork, runJob, warmUp, type LoadedNetwork } from './loadNetwork.ts';

let backend: BrowserBackend | undefined;
let network: LoadedNetwork | undefined;

function reply(message: Reply): void {
  self.postMessage(message);
}

async function start({
  network: source,
  backend: wanted,
}: Extract<Message, { type: 'start' }>): Promise<void> {
  // The network is fetched and read while the backend starts.
  const finding = findNetwork(source, (words) => reply({ type: 'starting', words }));
  finding.catch(() => undefined);
  backend = await startBrowserBackend(wanted, () => {
    if (backend?.device.backend !== 'cpu') reply({ type: 'lost' });
  });
  let exact = isExact();
  if (backend.device.backend === 'webgl' && !exact && !backend.lost()) {
    backend = await startBrowserBackend('cpu', () => undefined);
    backend.device.because = 'since WebGL gives back other numbers than it is given';
    exact = isExact();
  }
  try {
    if (!backend.lost() && !exact) throw new Error('This browser gives back other numbers than it is given.');
    network = loadNetwork(await finding, (milliseconds) => reply({ type: 'working', milliseconds }));
  } catch (error) {
    reply({ type: 'refused', message: messageOf(error) });
    return;
  }
  // A reader's own network predicts first, and may be one that only other units keep finite.
  if (!('files' in source)) warmUp(network.classifierIn(undefined));
  if (backend.lost()) reply({ type: 'lost' });
  else reply({ type: 'ready', device: backend.device });
}

function work({ id, name, request, units }: Extract<Message, { type: 'job' }>): void {
  const begin = performance.now();
  let answer: Reply;
  try {
    if (!network) throw new Error('the network is not loaded yet');
    const result =
      name === 'describe' ? network.description : runJob(network.classifierIn(units), name, request);
    const tensors = memory().numTensors;
    answer = { type: 'done', id, result, milliseconds: performance.now() - begin, tensors };
  } catch (error) {
    answer = { type: 'failed', id, message: messageOf(error) };
  }
  // A lost context answers with zeros: what it returned does not count.
  reply(backend?.lost() ? { type: 'lost' } : answer);
}

self.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'job') work(data);
  else
    start(data).catch((error: unknown) => {
      // Rethrown outside the promise, so that the page hears of it as an error of the worker.
      setTimeout(() => {
        throw error;
      });
    });
});
