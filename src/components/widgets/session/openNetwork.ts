// A network becomes one that can be attacked: it is loaded, the units of its input are found, and its example is attacked.
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import { argmax } from '../../../compute/statistics.ts';
import type { OpenNetwork } from './attackSession.ts';
import { checkProcessor } from './checkProcessor.ts';
import type { Engine } from './engine.ts';
import { pending } from './fillIn.ts';
import {
  fetchSweep,
  fetchSweepImages,
  findImage,
  listImages,
  subjectAt,
  type LibraryFiles,
} from './imageLibrary.ts';
import type { NetworkDescription } from './protocol.ts';
import { readUnits, type UnitTrial } from './readUnits.ts';
import type { Tell } from './siteFile.ts';
import { firstState } from './state.ts';
import { computedStatus } from './status.ts';
import type { BuiltExample, NamedNetwork } from './view.ts';

/** How a network is called, and how it is reached. */
export interface NetworkToOpen extends Pick<NamedNetwork, 'name' | 'address'> {
  /** If they are known. */
  units?: InputUnits | undefined;
  connect: (backends?: readonly ['cpu']) => Engine;
}

/** A network that is open, its input in some units. */
export interface OpenedNetwork extends OpenNetwork {
  description: NetworkDescription;
  units: InputUnits;
  /** Whether they were known before. */
  unitsKnown: boolean;
  /** Whether its example is read correctly: of the first images of the class none may be. */
  exampleCorrect: boolean;
  /** How many of the first images it reads correctly, if its units were found on them. */
  counted: UnitTrial | undefined;
  /** Counts how many of all images it reads correctly; in units that were found, says in the end which are the best. */
  count: () => AsyncGenerator<UnitTrial>;
  /** The same network, its input in other units. Throws like {@link openNetwork}. */
  withUnits: (units: InputUnits, options: Options) => Promise<OpenedNetwork>;
  /** Another engine of it, on the processor. */
  startProcessor: () => Engine;
  /** The worker, whatever the units. */
  worker: Engine;
}

/** What the example of a network is: the first image of a class that it reads correctly, and ε. */
type ExampleRule = Pick<BuiltExample, 'label' | 'epsilon'>;

interface Options {
  signal: AbortSignal;
  tell: Tell;
}

/** Milliseconds for which units that come close to each other are tried before the network is shown in the best so far. */
const patience = 300;

/** Multiplications of an image that the processor has done sooner than shaders are compiled. */
const few = 2e7;

/** Further images that are computed twice. */
const checks = 20;

/**
 * Opens a network, its input in the units that are the best as far as is known soon. What it shows first is the processor's,
 * unless the network is large: a check on WebGL follows in any case.
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
  const { name, address } = network;
  const worker = network.connect();
  const startProcessor = () => network.connect(['cpu']);
  const processor = startProcessor();
  const end = () => {
    worker.end();
    processor.end();
  };
  // Whoever cancels does not wait for the job in hand.
  options.signal.addEventListener('abort', end);
  try {
    const [{ result: description }, { labels }, images] = await Promise.all([
      processor.run('describe', null, options),
      fetchSweep(library.curve),
      fetchSweepImages(library.sweepImages, options.tell),
    ]);
    const digits = { images, labels };
    options.signal.throwIfAborted();
    const first = description.multiplications < few ? processor : worker;
    let counted: UnitTrial | undefined;
    if (!network.units) {
      options.tell('trying the units of its input');
      const trial = readUnits(first, digits, { most: 4 });
      const begin = performance.now();
      do counted = (await trial.next()).value as UnitTrial;
      while (!counted.decided && performance.now() - begin < patience);
    }
    const open = async (
      units: InputUnits,
      { attacks, warm, tried }: { attacks: Engine; warm?: Engine; tried?: UnitTrial | undefined },
      { signal, tell }: Options,
    ) => {
      const engine = inUnits(worker, units);
      /** An engine for a check, which ends it: the first takes the one that is there. */
      const startSecond = () => {
        const second = warm ?? startProcessor();
        warm = undefined;
        return inUnits(second, units);
      };
      tell('attacking its example');
      const example = await attackExample(inUnits(attacks, units), rule, library, signal);
      const { epsilon } = rule;
      const others = Array.from({ length: checks }, (_, i) => subjectAt(images, labels, i));
      const twice = [example.result, ...others];
      const opened: OpenedNetwork = {
        engine,
        worker,
        description,
        units,
        unitsKnown: network.units !== undefined,
        exampleCorrect: example.correct,
        counted: tried,
        count: () => readUnits(worker, digits, tried ? {} : { candidates: [units] }),
        startProcessor: () => inUnits(startProcessor(), units),
        withUnits: (other, later) => open(other, { attacks: worker }, later),
        view: {
          network: { name, address, units, sha256: description.sha256 },
          state: firstState(example.result.image, epsilon, 1),
          result: example.result,
          built: false,
          curve: pending,
          status: example.status,
        },
        check: (checking) => checkProcessor(engine, startSecond(), twice, epsilon, checking),
      };
      return opened;
    };
    const units = network.units ?? counted!.best;
    return await open(units, { attacks: first, warm: processor, tried: counted }, options);
  } catch (error) {
    end();
    throw error;
  } finally {
    options.signal.removeEventListener('abort', end);
  }
}

/**
 * Attacks the first image of a class that is read correctly, in one step; the first of all if none is.
 *
 * @throws like the engine, or once the signal aborts
 */
async function attackExample(
  engine: Engine,
  { label, epsilon }: ExampleRule,
  library: LibraryFiles,
  signal: AbortSignal,
) {
  const listed = (await listImages(library)).filter((image) => image.label === label);
  // Beyond the last that the report's network reads, the selection has those that it misreads, and no others.
  const end = listed.findLastIndex(({ predicted }) => predicted === label) + 1;
  const examples = [];
  for (const { index: image } of listed.slice(0, end)) {
    const { pixels } = await findImage(library, image);
    const request = { pixels, label, epsilon, steps: 1, clip: true };
    const { result, device, milliseconds } = await engine.run('attack', request, { signal });
    signal.throwIfAborted();
    const correct = argmax(result.original.prediction.probabilities) === label;
    examples.push({
      correct,
      result: { ...result, image, epsilon, clip: true, pixels, labelFromPrediction: false },
      status: computedStatus(argmax(result.path[0]!.prediction.probabilities), device, milliseconds),
    });
    if (correct) break;
  }
  return examples.find(({ correct }) => correct) ?? examples[0]!;
}

/** The engine of a network whose input has these units. */
function inUnits(engine: Engine, units: InputUnits): Engine {
  return { ...engine, run: (name, request, options) => engine.run(name, request, { ...options, units }) };
}
