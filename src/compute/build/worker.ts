// What runs on a worker thread: starts its backend once, then does one task after the other.
import { threadId, workerData, type MessagePort } from 'node:worker_threads';
import { startBackend } from '../backend/startBackend.ts';
import type { BackendName } from '../backend/backendIdentity.ts';
import { waitAtBarrier, type Barrier } from './barrier.ts';
import { findTask, importTasks, type TaskMap } from './task.ts';

/** What a worker is started with. */
export interface ThreadData {
  /** URL of the module that exports `tasks`. */
  tasks: string;
  /** The backend to start; null for tasks that need none. */
  backend: BackendName | null;
}

/** One call of a task. */
export interface ThreadRequest {
  name: string;
  args: unknown;
  /** Takes what the task reports, then its result. A message leaves at once, even if the thread is never given back. */
  port: MessagePort;
  /** Where the tasks of a group meet before they begin, each on a thread of its own. */
  start?: Barrier | undefined;
}

/** What goes through the port of a request. */
export type ThreadMessage = { report: unknown } | { result: unknown };

/** How a call ended; `failed` is the task's own error, `unusable` means that the thread could not start. */
export type ThreadReply =
  { kind: 'done'; threadId: number } | { kind: 'failed' | 'unusable'; error: Error; name: string };

let started: Promise<TaskMap> | undefined;

async function startThread(): Promise<TaskMap> {
  const { tasks, backend } = workerData as ThreadData;
  if (backend) await startBackend(backend);
  return importTasks(tasks);
}

/** Does a task. What it throws is part of the reply: if the call itself fails, the thread is lost. */
export async function serve({ name, args, port, start }: ThreadRequest): Promise<ThreadReply> {
  const send = (message: ThreadMessage): void => port.postMessage(message);
  let kind: 'failed' | 'unusable' = 'unusable';
  try {
    const tasks = await (started ??= startThread());
    kind = 'failed';
    if (start) waitAtBarrier(start);
    send({ result: await findTask(tasks, name)(args, { report: (report) => send({ report }) }) });
    return { kind: 'done', threadId };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { kind, error: new Error(error.message, { cause: error.stack }), name: error.name };
  }
}
