import { waitAtBarrier, type Barrier } from '../../build/barrier.ts';
import type { TaskContext } from '../../build/task.ts';
import type { Layer } from '../../networks/layers.ts';
import { trainParty, type Trained } from '../../networks/train/trainParty.ts';
import type { TrainingMemory } from '../../networks/train/trainingMemory.ts';
import type { Options } from '../../options.ts';

/** One party of a data-parallel training; see trainParty. */
export interface TrainNetworkArguments {
  layers: readonly Layer[];
  memory: TrainingMemory;
  options: Pick<Options, 'training' | 'seeds'>;
  party: number;
  parties: number;
  barrier: Barrier;
}

/** Trains with the other parties; all of them come to the same weights. */
export function trainNetwork(
  { layers, memory, options, party, parties, barrier }: TrainNetworkArguments,
  { report }: TaskContext,
): Trained {
  return trainParty(layers, memory, options, {
    party,
    parties,
    barrier: () => {
      waitAtBarrier(barrier);
    },
    onProgress: party === 0 ? report : undefined,
  });
}
