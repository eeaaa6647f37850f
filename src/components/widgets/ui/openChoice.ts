import type { NamedFile } from '../../../compute/networks/import/readNetwork.ts';
import { MOST_BYTES, tooLarge } from '../../../compute/networks/import/refusal.ts';
import { openNetwork, type NetworkToOpen, type OpenedNetwork } from '../session/openNetwork.ts';
import { download, type Tell } from '../session/siteFile.ts';
import { startEngine } from './connectEngine.ts';
import type { LabProps } from './widgetProps.ts';

/** A network that the reader wants to attack: one of the site by its name in addresses, or files of their own. */
export type NetworkChoice = { address: string } | { files: readonly File[] };

/**
 * Opens what the reader chose to attack.
 *
 * @param tell told what is under way
 * @throws if it cannot be had or read, in a sentence for the reader, or once the signal aborts
 */
export async function openChoice(
  choice: NetworkChoice,
  { example, files: library, networks }: Pick<LabProps, 'example' | 'files' | 'networks'>,
  { signal, tell }: { signal: AbortSignal; tell: Tell },
): Promise<OpenedNetwork> {
  const open = (network: NetworkToOpen) => openNetwork(network, example, library, { signal, tell });
  if ('files' in choice) {
    const files = await readFiles(choice.files);
    return open({ name: files[0]!.name, connect: (backends) => startEngine({ files }, backends) });
  }
  const { address } = choice;
  const offered = Object.hasOwn(networks, address) && networks[address];
  if (!offered) throw new Error(`This page has no network called ${address}.`);
  const { words: name } = offered;
  if ('weights' in offered) {
    const { weights } = offered;
    return open({ name, address, units: '0..1', connect: (backends) => startEngine(weights, backends) });
  }
  const files = await Promise.all(
    offered.files.map(async ({ name: fileName, url }) => ({
      name: fileName,
      bytes: await download(url, 'the sample’s weights', { tell }),
    })),
  );
  return open({ name, address, connect: (backends) => startEngine({ files }, backends) });
}

/** The files that a reader gave, the network's own first. */
async function readFiles(given: readonly File[]): Promise<NamedFile[]> {
  const isNetwork = ({ name }: File) => /\.(onnx|json|zip)$/i.test(name);
  const files = [...given].sort((a, b) => Number(isNetwork(b)) - Number(isNetwork(a)));
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw tooLarge(files[0]!.name);
  return Promise.all(
    files.map(async (file) => {
      try {
        return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
      } catch {
        throw new Error(
          `${file.name} could not be read from your disk: choose it again, a file and no folder.`,
        );
      }
    }),
  );
}
