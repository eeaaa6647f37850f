// What a page and its worker say to each other. One job is under way at a time; replies carry its id.
import type { Device } from '../../../compute/backend/browser/startBrowserBackend.ts';
import type { AttackedImage } from '../../../compute/experiments/attackImage.ts';
import type { SweepOptions, SweepRows } from '../../../compute/experiments/sweepSlice.ts';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { NamedFile } from '../../../compute/networks/import/readNetwork.ts';
import type { Layer } from '../../../compute/networks/layers.ts';
import type { Prediction } from '../../../compute/results/schemas.ts';
import type { SiteFile } from './siteFile.ts';

/** A job and what it returns. Pixels are floats in [0, 1], 784 for each image. */
export interface Jobs {
  predict: { request: { pixels: Float32Array }; result: Prediction };
  /** Attacks one image and keeps every step. Without a label the predicted class is taken; ε is the total budget. */
  attack: {
    request: {
      pixels: Float32Array;
      label: number | undefined;
      epsilon: number;
      steps: number;
      clip: boolean;
      /** The class to move towards; away from the true one if left out. */
      target?: number | undefined;
    };
    result: AttackRun;
  };
  sweep: {
    request: { pixels: Float32Array; labels: Uint8Array } & Omit<SweepOptions, 'loss'>;
    result: Pick<SweepRows, 'predicted'>;
  };
  /** Classes of some images, one digit each; "-" for all where numbers are not finite. */
  classify: { request: { pixels: Float32Array }; result: string };
  /** What the network is, as it was read. */
  describe: { request: null; result: NetworkDescription };
}

export type { Device };

export type JobName = keyof Jobs;

/** A job that was done, with the device that did it. */
export interface Done<Name extends JobName> {
  result: Jobs[Name]['result'];
  milliseconds: number;
  device: Device;
}

/** One image under attack, step by step. */
export type AttackRun = Pick<AttackedImage, 'label' | 'target' | 'original' | 'path'>;

/** A network's weights, and its layers: those of the report's own if left out. */
export interface WeightsFile extends SiteFile {
  layers?: readonly Layer[] | undefined;
}

/** Where a worker has its network from: the site, or files as any tool writes them. */
export type NetworkSource = WeightsFile | { files: readonly NamedFile[] };

/** A network in words and numbers. */
export interface NetworkDescription {
  /** SHA-256 of its files. */
  sha256: string;
  layers: { name: string; kind: Layer['kind']; shape: readonly number[]; parameters: number }[];
  /** For one image, nearly. */
  multiplications: number;
  /** What was done to it when it was read, in sentences. */
  notes: readonly string[];
}

/** A message to a worker. A job is done in the units that the file says, unless it names others. */
export type Message =
  | { type: 'start'; network: NetworkSource; backend: Device['backend'] }
  | { type: 'job'; id: number; name: JobName; request: unknown; units: InputUnits | undefined };

/** What a worker answers. `tensors` counts those that are alive after a job. */
export type Reply =
  /** What the worker is waiting for. */
  | { type: 'starting'; words: string }
  /** A pass of the network more, which may take so long in silence. */
  | { type: 'working'; milliseconds: number }
  | { type: 'ready'; device: Device }
  /** The network cannot be had: another worker would not help. */
  | { type: 'refused'; message: string }
  | { type: 'done'; id: number; result: unknown; milliseconds: number; tensors: number }
  | { type: 'failed'; id: number; message: string }
  /** The context is gone: only a new worker helps. */
  | { type: 'lost' };
