import { z } from 'zod';
import { digits, index } from './primitives.ts';
import { provenanceSchema } from './provenance.ts';

/** Test images that a reader can choose from: some of each class, and all that the network misreads. */
export const widgetImagesSchema = z.strictObject({
  provenance: provenanceSchema,
  indices: z.array(index).min(1),
  labels: digits,
  predicted: digits,
  /** Bytes of the images one after the other, packed with "deflate-raw", in base64. */
  pixels: z.base64(),
});

export type WidgetImages = z.infer<typeof widgetImagesSchema>;
