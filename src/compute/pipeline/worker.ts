// A worker thread: starts its backend once, then runs one task after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { startBackend } from '../backend/startBackend.ts';
import { findTask, importTasks } from './task.ts';
import type { ThreadData, ThreadReply, ThreadRequest } from './threadMessages.ts';

if (!parentPort) throw new Error('worker.ts runs as a worker thread only');
const port = parentPort;
const { tasks: href, backend } = workerData as ThreadData;

const reply = (message: ThreadReply): void => {
  port.postMessage(message);
};

const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

try {
  if (backend) await startBackend(backend);
  const tasks = await importTasks(href);
  port.on('message', (request: ThreadRequest) => void serve(request));
  reply({ kind: 'ready' });

  async function serve({ id, name, args }: ThreadRequest): Promise<void> {
    try {
      const result = await findTask(tasks, name)(args, {
        report: (value) => reply({ kind: 'report', id, value }),
      });
      reply({ kind: 'done', id, result });
    } catch (thrown) {
      const error = toError(thrown);
      reply({
        kind: 'failed',
        id,
        error: new Error(error.message, { cause: error.stack }),
        name: error.name,
      });
    }
  }
} catch (thrown) {
  reply({ kind: 'unusable', error: toError(thrown) });
}
