import { z } from 'zod';
import { sha256 } from './primitives.ts';

const hashes = z.record(z.string(), sha256);

/** Where a result came from; nothing in it differs between two equal runs. */
export const provenanceSchema = z.strictObject({
  stage: z.string(),
  /** SHA-256 of the stage's own code, what it imports included. */
  code: sha256,
  /** The options that the stage depends on. */
  options: z.unknown(),
  /** Versions of the packages that computed it. */
  packages: z.record(z.string(), z.string()),
  backend: z.strictObject({ name: z.string(), identity: z.string(), device: z.string() }),
  /** SHA-256 of the earlier results that it was computed from. */
  inputs: hashes,
  /** SHA-256 of the MNIST files. */
  data: hashes,
  /** SHA-256 of the listed modules, as they stand in the listings. */
  source: hashes,
});

export type Provenance = z.infer<typeof provenanceSchema>;
