// What a page and its worker say to each other. One job is under way at a time; replies carry its id.
import type { AttackedImage } from '../../../compute/experiments/attackImage.ts';
import type { Layer } from '../../../compute/networks/layers.ts';
import type { Prediction } from '../../../compute/results/schemas.ts';

/** The first message to a worker. */
export interface Start {
  type: 'start';
  /** Address of the weight file, and the SHA-256 that its bytes must have. */
  weights: string;
  sha256: string;
  /** The network's layers; those of the report's own if left out. */
  layers?: readonly Layer[];
  backend: 'webgl' | 'cpu';
}

/** What an attack is asked to do to an image; ε is the total budget. */
export interface AttackSettings {
  epsilon: number;
  steps: number;
  clip: boolean;
}

/** A job and what it returns. Pixels are floats in [0, 1], 784 for each image. */
export interface Jobs {
  /** Predicts one image. */
  predict: { request: { pixels: Float32Array }; result: Prediction };
  /** Attacks one image and keeps every step. Without a label the predicted class is taken. */
  attack: {
    request: { pixels: Float32Array; label: number | undefined } & AttackSettings;
    result: AttackRun;
  };
  /** Rounds x* to bytes towards x and predicts it again. */
  quantise: {
    request: { pixels: Float32Array; perturbed: Float32Array };
    result: { bytes: Uint8Array; prediction: Prediction };
  };
  /** One slice of a sweep over ε. */
  sweep: {
    request: {
      pixels: Float32Array;
      labels: Uint8Array;
      epsilons: readonly number[];
      steps: number;
      clip: boolean;
    };
    result: { predicted: string[] };
  };
}

/** One image under attack, step by step. */
export type AttackRun = Pick<AttackedImage, 'label' | 'original' | 'path'>;

/** Name of a job. */
export type JobName = keyof Jobs;

/** What computes, in the words of the status line. */
export interface Device {
  backend: 'webgl' | 'cpu';
  precision: 'float32' | 'float16';
  /** WebGL drawn by the processor. */
  software: boolean;
}

/** What a worker answers. */
export type Reply =
  | { type: 'ready'; device: Device }
  /** The weights cannot be had: another worker would not help. */
  | { type: 'refused'; message: string }
  | { type: 'done'; id: number; result: unknown; milliseconds: number; tensors: number }
  | { type: 'failed'; id: number; message: string }
  /** The context is gone: only a new worker helps. */
  | { type: 'lost' };

/** A message to a worker. */
export type Message = Start | { type: 'job'; id: number; name: JobName; request: unknown };
