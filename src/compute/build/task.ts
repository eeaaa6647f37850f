// Work that runs on a worker thread, by name.

/** What a task is given besides its arguments. */
export interface TaskContext {
  /** Tells the main thread how far the task is; arrives there even if the task never gives its thread back. */
  report: (value: unknown) => void;
}

/**
 * A function of values that can be sent between threads. The backend is started where it runs. Each task has arguments of
 * its own, so what is known of any task takes none: `findTask` is where a name and its arguments meet.
 */
export type Task = (args: never, context: TaskContext) => unknown;

/** Tasks by name. */
export type TaskMap = Record<string, Task>;

/** Arguments of a task. */
export type TaskArguments<T extends Task> = Parameters<T>[0];

/** What a task comes to. */
export type TaskResult<T extends Task> = Awaited<ReturnType<T>>;

/** Imports a module that exports `tasks`. Throws if it does not. */
export async function importTasks(href: string): Promise<TaskMap> {
  const { tasks } = (await import(href)) as { tasks?: TaskMap };
  if (!tasks) throw new Error(`${href} exports no tasks`);
  return tasks;
}

/** The task of that name. Throws if there is none, with those that there are. */
export function findTask(tasks: TaskMap, name: string): (args: unknown, context: TaskContext) => unknown {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) throw new Error(`unknown task: '${name}', expected one of ${Object.keys(tasks).join(', ')}`);
  return task as (args: unknown, context: TaskContext) => unknown;
}
