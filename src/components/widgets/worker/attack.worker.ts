// The one worker of a page: it owns tfjs, the weights and the GL context, and does one job at a time.
import {
  startBrowserBackend,
  type BrowserBackend,
} from '../../../compute/backend/browser/startBrowserBackend.ts';
import type { Message, Reply } from '../session/protocol.ts';
import { loadModel } from './loadModel.ts';
import { runJob, warmUp } from './runJob.ts';
import { tensorCount } from './tensorCount.ts';
import type { Model } from '../../../compute/networks/forward.ts';

let backend: BrowserBackend | undefined;
let model: Model | undefined;

function reply(message: Reply): void {
  self.postMessage(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function start({
  weights,
  sha256,
  layers,
  backend: wanted,
}: Extract<Message, { type: 'start' }>): Promise<void> {
  // The download runs while the backend starts.
  const loading = loadModel(weights, sha256, layers);
  loading.catch(() => undefined);
  backend = await startBrowserBackend(wanted, () => reply({ type: 'lost' }));
  try {
    model = (await loading)();
  } catch (error) {
    reply({ type: 'refused', message: messageOf(error) });
    return;
  }
  const { name, precision, software } = backend;
  warmUp(model.classifier);
  if (backend.lost()) reply({ type: 'lost' });
  else reply({ type: 'ready', device: { backend: name, precision, software } });
}

function work({ id, name, request }: Extract<Message, { type: 'job' }>): void {
  const begin = performance.now();
  try {
    if (!model) throw new Error('the network is not loaded yet');
    const result = runJob(model.classifier, name, request);
    // A lost context answers with zeros: what it returned does not count.
    if (backend!.lost()) reply({ type: 'lost' });
    else reply({ type: 'done', id, result, milliseconds: performance.now() - begin, tensors: tensorCount() });
  } catch (error) {
    if (backend?.lost()) reply({ type: 'lost' });
    else reply({ type: 'failed', id, message: messageOf(error) });
  }
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
