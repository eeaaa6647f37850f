// The one worker of a page: it owns tfjs, the weights and the GL context, and does one job at a time.
import { memory } from '@tensorflow/tfjs-core';
import {
  startBrowserBackend,
  type BrowserBackend,
} from '../../../compute/backend/browser/startBrowserBackend.ts';
import { forward, type Model } from '../../../compute/networks/forward.ts';
import { mnistCnn } from '../../../compute/networks/mnistCnn.ts';
import { weightsFromBytes } from '../../../compute/networks/modelFiles.ts';
import type { Message, Reply, Start } from '../session/protocol.ts';
import { fetchBytes } from '../session/siteFile.ts';
import { messageOf } from '../session/words.ts';
import { isExact } from './isExact.ts';
import { runJob, warmUp } from './runJob.ts';

let backend: BrowserBackend | undefined;
let model: Model | undefined;

function reply(message: Reply): void {
  self.postMessage(message);
}

async function start({ weights: file, backend: wanted }: Start): Promise<void> {
  // The download runs while the backend starts.
  const { layers = mnistCnn.layers } = file;
  const loading = fetchBytes(file, 'the network’s weights', (words) => reply({ type: 'starting', words }));
  loading.catch(() => undefined);
  backend = await startBrowserBackend(wanted, () => {
    if (backend?.device.backend !== 'cpu') reply({ type: 'lost' });
  });
  if (backend.device.backend === 'webgl' && !isExact() && !backend.lost()) {
    backend = await startBrowserBackend('cpu', () => undefined);
    backend.device.because = 'since WebGL gives back other numbers than it is given';
  }
  try {
    if (!backend.lost() && !isExact())
      throw new Error('This browser gives back other numbers than it is given.');
    model = forward({ layers, weights: weightsFromBytes(layers, await loading) });
  } catch (error) {
    reply({ type: 'refused', message: messageOf(error) });
    return;
  }
  warmUp(model.classifier);
  if (backend.lost()) reply({ type: 'lost' });
  else reply({ type: 'ready', device: backend.device });
}

function work({ id, name, request }: Extract<Message, { type: 'job' }>): void {
  const begin = performance.now();
  let answer: Reply;
  try {
    if (!model) throw new Error('the network is not loaded yet');
    const result = runJob(model.classifier, name, request);
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
