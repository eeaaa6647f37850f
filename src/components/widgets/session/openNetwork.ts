// A network becomes one that can be attacked: it is loaded, the units of its input are found, and its example is attacked.
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { OpenNetwork } from './attackSession.ts';
import { checkProcessor, processorTitles } from './checkProcessor.ts';
import type { Engine } from './engine.ts';
import { pending } from './fillIn.ts';
import {
  fetchSweep,
  fetchSweepImages,
  findImage,
  listImages,
  pixelsAt,
  type LibraryFiles,
  type Subject,
} from './imageLibrary.ts';
import type { NetworkDescription } from './protocol.ts';
import { readUnits, type UnitTrial } from './readUnits.ts';
import type { Tell } from './siteFile.ts';
import { computedStatus } from './status.ts';

/** How a network is called, and how it is reached. */
export interface NetworkToOpen {
  name: string;
  /** Its name in addresses, if the site has it. */
  address?: string | undefined;
  /** The units of its input, if they are known. */
  units?: InputUnits | undefined;
  /** Starts an engine of it. */
  connect: (backends?: readonly ['cpu']) => Engine;
}

/** What the example of a network is: the first image of a class that it reads correctly, and ε. */
export interface ExampleRule {
  label: number;
  epsilon: number;
}

/** A network that is open, its input in some units. */
export interface OpenedNetwork extends OpenNetwork {
  description: NetworkDescription;
  units: InputUnits;
  /** Whether they were known before. */
  unitsKnown: boolean;
  /** Whether the example is correct, as the rule wants: of the first images of its class none may be. */
  exampleCorrect: boolean;
  /** How many of the first images it reads correctly, and of more as the count comes; in the end, which units are the best. */
  counted: UnitTrial | undefined;
  trial: AsyncGenerator<UnitTrial>;
  /** The same network, its input in other units. Throws like {@link openNetwork}. */
  withUnits: (units: InputUnits, options: Options) => Promise<OpenedNetwork>;
  /** Another engine of it, on the processor. */
  startProcessor: () => Engine;
  /** The worker, whatever the units. */
  worker: Engine;
}

interface Options {
  signal: AbortSignal;
  tell: Tell;
}

/** Milliseconds for which units that come close to each other are tried before the network is shown in the best so far. */
const patience = 500;

/** Further images that are computed twice. */
const checks = 20;

/**
 * Opens a network, its input in the units that are the best as far as is known soon.
 *
 * @param options.tell told what is under way
 * @throws if the network cannot be loaded, in a sentence for the reader, or once the signal aborts
 */
export async function openNetwork(
  network: NetworkToOpen,
  rule: ExampleRule,
  library: LibraryFiles,
  options: Options,
): Promise<OpenedNetwork> {
  const worker = network.connect();
  try {
    const { result: description } = await worker.run('describe', null, options);
    const { labels } = await fetchSweep(library.curve);
    const images = await fetchSweepImages(library.sweepImages, options.tell);
    const digits = { images, labels };
    options.tell('trying the units of its input');
    const trial = readUnits(worker, digits, network.units && [network.units]);
    const begin = performance.now();
    let counted: UnitTrial;
    do counted = (await trial.next()).value as UnitTrial;
    while (!counted.decided && performance.now() - begin < patience);
    const open = async (
      units: InputUnits,
      counts: Pick<OpenedNetwork, 'counted' | 'trial'>,
      { signal, tell }: Options,
    ) => {
      const engine = inUnits(worker, units);
      const startProcessor = () => inUnits(network.connect(['cpu']), units);
      tell('attacking its example');
      const example = await attackExample(engine, rule, library, signal);
      const { pixels, label, epsilon } = example.result;
      const twice: Subject[] = [
        { pixels, label },
        ...Array.from({ length: checks }, (_, i) => ({
          pixels: pixelsAt(images, i),
          label: Number(labels[i]),
        })),
      ];
      const opened: OpenedNetwork = {
        engine,
        worker,
        description,
        units,
        unitsKnown: network.units !== undefined,
        exampleCorrect: example.correct,
        ...counts,
        startProcessor,
        withUnits: (other, later) =>
          open(other, { counted: undefined, trial: readUnits(worker, digits, [other]) }, later),
        view: {
          network: { name: network.name, address: network.address, titles: processorTitles },
          state: { image: example.result.image, epsilon, steps: 1, clip: true, unit: 'total' },
          result: example.result,
          built: false,
          curve: pending,
          status: example.status,
        },
        check: (checking) => checkProcessor(engine, startProcessor(), twice, { epsilon, steps: 1 }, checking),
      };
      return opened;
    };
    return await open(counted.best, { counted, trial }, options);
  } catch (error) {
    worker.end();
    throw error;
  }
}

/** The engine of a network whose input has these units. */
function inUnits(engine: Engine, units: InputUnits): Engine {
  return { ...engine, run: (name, request, options) => engine.run(name, request, { ...options, units }) };
}

/** Attacks the first image of a class that is read correctly, in one step. */
async function attackExample(
  engine: Engine,
  { label, epsilon }: ExampleRule,
  library: LibraryFiles,
  signal: AbortSignal,
) {
  const candidates = await firstOf(label, library);
  const joined = Float32Array.from(candidates.flatMap(({ pixels }) => Array.from(pixels)));
  const read = await engine.run('classify', { pixels: joined }, { signal });
  const place = read.result.indexOf(String(label));
  const { image, pixels } = candidates[Math.max(0, place)]!;
  const request = { pixels, label, epsilon, steps: 1, clip: true };
  const { result, device, milliseconds } = await engine.run('attack', request, { signal });
  signal.throwIfAborted();
  return {
    correct: place >= 0,
    result: { ...result, image, epsilon, clip: true, pixels, labelFromPrediction: false },
    status: computedStatus(argmax(result.path[0]!.prediction.probabilities), device, milliseconds),
  };
}

/** The first images of a class in the test set, as far as all of them are in the selection. */
async function firstOf(label: number, library: LibraryFiles) {
  const listed = (await listImages(library)).filter((image) => image.label === label);
  // Beyond the last that the report's network reads, the selection has those that it misreads, and no others.
  const end = listed.findLastIndex(({ predicted }) => predicted === label) + 1;
  return Promise.all(
    listed.slice(0, end).map(async ({ index: image }) => {
      const { pixels } = await findImage(library, image);
      return { image, pixels };
    }),
  );
}
