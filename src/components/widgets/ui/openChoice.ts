import type { NamedFile } from '../../../compute/networks/import/readNetwork.ts';
import { MOST_BYTES, tooLarge } from '../../../compute/networks/import/refusal.ts';
import dense from '../samples/torch-dense.onnx?url';
import staxModel from '../samples/stax/model.json?url';
import staxWeights from '../samples/stax/weights.bin?url';
import { openNetwork, type NetworkToOpen, type OpenedNetwork } from '../session/openNetwork.ts';
import { download, type Tell } from '../session/siteFile.ts';
import { startEngine } from './connectEngine.ts';
import { samples, type NetworkChoice } from './networkChoice.ts';
import type { LabProps } from './widgetProps.ts';

/** Where the files of each sample are, the network's own first. */
const sampleFiles: Readonly<Record<string, readonly { name: string; url: string }[]>> = {
  'torch-dense': [{ name: 'torch-dense.onnx', url: dense }],
  'stax-max-pool': [
    { name: 'model.json', url: staxModel },
    { name: 'weights.bin', url: staxWeights },
  ],
};

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
  const published = networks[address];
  if (published) {
    const { words: name, weights } = published;
    return open({ name, address, units: '0..1', connect: (backends) => startEngine(weights, backends) });
  }
  const files = await fetchSample(address, tell);
  const name = samples[address]!.words;
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

function fetchSample(address: string, tell: Tell): Promise<NamedFile[]> {
  const files = sampleFiles[address];
  if (!files) throw new Error(`This page has no network called ${address}.`);
  return Promise.all(
    files.map(async ({ name, url }) => ({
      name,
      bytes: await download(url, 'the sample’s weights', { tell }),
    })),
  );
}
