import { createEngine, type Engine } from '../session/engine.ts';
import type { WeightsFile } from '../session/protocol.ts';
import script from '../worker/attack.worker.ts?worker&url';

const engines = new Map<string, Engine>();

/** The engine that all widgets of a page share. */
export function connectEngine(weights: WeightsFile): Engine {
  const engine = engines.get(weights.url) ?? createEngine(located(weights), { script });
  engines.set(weights.url, engine);
  return engine;
}

/** An engine on the processor, beside the shared one. */
export function processorEngine(weights: WeightsFile): Engine {
  return createEngine(located(weights), { script, backends: ['cpu'] });
}

/** Addresses are relative to the page; the worker would take them for relative to its own script. */
function located(file: WeightsFile): WeightsFile {
  return { ...file, url: new URL(file.url, document.baseURI).href };
}
