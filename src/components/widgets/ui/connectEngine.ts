import { createEngine, type Engine } from '../session/engine.ts';
import type { Device, NetworkSource, WeightsFile } from '../session/protocol.ts';
import script from '../worker/attack.worker.ts?worker&url';

const engines = new Map<string, Engine>();

/** The engine of the report's network, which all widgets of a page share. */
export function connectEngine(weights: WeightsFile): Engine {
  const engine = engines.get(weights.url) ?? startEngine(weights);
  engines.set(weights.url, engine);
  return engine;
}

/** An engine of its own: on the backends that there are, or on the processor beside another one. */
export function startEngine(network: NetworkSource, backends?: readonly Device['backend'][]): Engine {
  return createEngine(located(network), script, backends);
}

/** Addresses are relative to the page; the worker would take them for relative to its own script. */
function located(network: NetworkSource): NetworkSource {
  return 'files' in network ? network : { ...network, url: new URL(network.url, document.baseURI).href };
}
