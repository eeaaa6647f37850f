import { forward, type Model } from '../../../compute/networks/forward.ts';
import type { Layer } from '../../../compute/networks/layers.ts';
import { mnistCnn } from '../../../compute/networks/mnistCnn.ts';
import { weightsFromBytes } from '../../../compute/networks/modelFiles.ts';
import { sha256 } from './sha256.ts';

/**
 * Fetches the published weights and checks them against the SHA-256 that the build recorded.
 *
 * @returns a function that puts the network on the backend, which has to be running by then
 * @throws if the file cannot be fetched, is truncated or has another hash, in a sentence for the reader
 */
export async function loadModel(
  url: string,
  expected: string,
  layers: readonly Layer[] = mnistCnn.layers,
): Promise<() => Model> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Error('The network’s weights could not be fetched; the connection may be down.');
  }
  if (!response.ok) {
    throw new Error(`The network’s weights are not where they should be (status ${response.status}).`);
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Error('The download of the network’s weights broke off.');
  }
  const found = await sha256(bytes);
  if (found !== expected) {
    throw new Error(
      `The network’s weights are not those of this build (SHA-256 ${found.slice(0, 8)}…, expected ${expected.slice(0, 8)}…).`,
    );
  }
  const weights = weightsFromBytes(layers, bytes);
  return () => forward({ layers, weights });
}
