import { createEngine, type Engine } from './engine.ts';

/** The weights of the build: address and SHA-256. */
export interface WeightsFile {
  weights: string;
  sha256: string;
}

const engines = new Map<string, Engine>();

/** The engine that all widgets of a page share. */
export function connect({ weights: address, sha256 }: WeightsFile): Engine {
  // Addresses are relative to the page; the worker would take them for relative to its own script.
  const weights = new URL(address, document.baseURI).href;
  const key = `${weights} ${sha256}`;
  let engine = engines.get(key);
  if (!engine) {
    engine = createEngine(
      { weights, sha256 },
      () => new Worker(new URL('../worker/attack.worker.ts', import.meta.url), { type: 'module' }),
    );
    engines.set(key, engine);
  }
  return engine;
}
