// A process that does the peers' work, asked and answered in lines of JSON.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Run } from './measure.ts';

/** What a peer answers: how long it took, and what came out of a sweep. */
export interface Answer extends Run {
  accuracies?: number[];
}

/** A process of peers. */
export interface Peers {
  /** The kinds of work that each peer can do. */
  peers: Record<string, string[]>;
  versions: Record<string, string>;
  ask: (peer: string, work: string) => Promise<Answer>;
  end: () => void;
}

/** Starts a process of peers. Throws if it ends, with its exit code; what it complains of goes to the terminal. */
export async function startPeers(command: string, args: readonly string[]): Promise<Peers> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error(`${command} cannot be started`, { cause })));
    child.once('exit', (code) => reject(new Error(`the peers' process ended with exit code ${code}`)));
  });
  failed.catch(() => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const line = await Promise.race([lines.next(), failed]);
    return JSON.parse(String(line.value)) as unknown;
  };
  const hello = (await next()) as Pick<Peers, 'peers' | 'versions'>;
  return {
    ...hello,
    ask: async (peer, work) => {
      child.stdin.write(`${JSON.stringify({ peer, work })}\n`);
      return (await next()) as Answer;
    },
    end: () => child.stdin.end(),
  };
}
