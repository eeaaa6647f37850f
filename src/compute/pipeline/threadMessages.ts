// What the main thread and a worker thread say to each other.
import type { BackendName } from '../backend/backendIdentity.ts';

/** What a worker is started with. */
export interface ThreadData {
  /** URL of the module that exports `tasks`. */
  tasks: string;
  /** The backend to start; null for tasks that need none. */
  backend: BackendName | null;
}

/** One call of a task. */
export interface ThreadRequest {
  id: number;
  name: string;
  args: unknown;
}

/** What a worker answers; `failed` is a task's own error, `unusable` means that the thread could not start. */
export type ThreadReply =
  | { kind: 'ready' }
  | { kind: 'unusable'; error: Error }
  | { kind: 'report'; id: number; value: unknown }
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; error: Error; name: string };
