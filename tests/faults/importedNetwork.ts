// Runs the small preset about a network in a file: `importedNetwork.ts ROOT FILE`.
import { compute } from '../../src/compute/build/compute.ts';
import { networkFiles } from '../../src/compute/build/networkFiles.ts';

const [root, file] = process.argv.slice(2) as [string, string];
await compute({ preset: 'small', backend: 'wasm', root, network: await networkFiles(file) });
