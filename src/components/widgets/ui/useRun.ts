import { useEffect, useRef, useState } from 'preact/hooks';
import type { Tell } from '../session/siteFile.ts';
import { messageOf, type Status } from '../session/status.ts';

/** What goes on in a run: `tell` says what is waited for, `report` how far it has come. */
export interface RunOptions {
  signal: AbortSignal;
  tell: Tell;
  report: (status: Status) => void;
}

/**
 * Something that the reader starts and may cancel; of several runs the newest alone is heard.
 *
 * @param idle what is said where nothing runs
 * @param failed what is said of an error
 */
export function useRun(
  idle: Status,
  failed = (error: unknown): Status => ({ state: 'unavailable', details: messageOf(error) }),
) {
  const [status, setStatus] = useState(idle);
  const running = useRef<AbortController>();
  const cancel = () => {
    running.current?.abort();
    setStatus(idle);
  };
  const run = async (starting: string, work: (options: RunOptions) => Promise<void>) => {
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    const report = (next: Status) => {
      if (!signal.aborted) setStatus(next);
    };
    const tell = (words: string) => report({ state: 'running', details: words || starting });
    tell('');
    try {
      await work({ signal, tell, report });
    } catch (error) {
      report(failed(error));
    }
  };
  useEffect(() => () => running.current?.abort(), []);
  return { status, run, cancel };
}
