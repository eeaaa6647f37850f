// The stored vectors, and how they were made: `node tests/conformance/writeVectors.ts`.
import { readFileSync } from 'node:fs';
import type { TrainingStep } from './cases.ts';

/** Of one network on each image, in float64: logits, m, signs of ∇m (`?` where |∇m| is below float32's noise). */
export interface NetworkVectors {
  /** The classes whose m it is: the true ones, or for the confident network those that it is sure of. */
  classes: number[];
  logits: number[][];
  margins: number[];
  signs: string[];
}

/** All stored vectors. */
export interface Vectors {
  drawn: NetworkVectors;
  confident: NetworkVectors;
  everyKind: NetworkVectors;
  /** ∇m of the first image for the network as drawn, 784 values in row order. */
  gradient: number[];
  trainingStep: TrainingStep;
}

/** Where they are stored. */
export const vectorsFile = new URL('vectors.json', import.meta.url);

/** Reads them. */
export function readVectors(): Vectors {
  return JSON.parse(readFileSync(vectorsFile, 'utf8')) as Vectors;
}
