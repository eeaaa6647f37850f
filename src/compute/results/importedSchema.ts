import { z } from 'zod';
import { count, digest, provenance, share } from './values.ts';

/** How a network came out of a file: what was done to it, and its accuracy with the input in each of the units. */
export const imported = z.strictObject({
  provenance,
  file: z.string(),
  sha256: digest,
  name: z.string(),
  notes: z.array(z.string()),
  units: z.string(),
  /** Whether the units were given and not found out. */
  unitsGiven: z.boolean(),
  accuracies: z.record(z.string(), share),
  images: count,
});

export type Imported = z.infer<typeof imported>;
