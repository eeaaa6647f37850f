// The test images that a page may fetch: a selection for the picker, and those of the sweeps.
import { PIXELS } from '../../../compute/data/shape.ts';
import type { Sweep, WidgetImages } from '../../../compute/results/schemas.ts';
import { fetchBytes, fetchJson, once, type SiteFile, type Tell } from './siteFile.ts';

export interface ListedImage {
  index: number;
  label: number;
  /** What the build's network predicts. */
  predicted: number;
}

/** Pixels to attack, 784 floats in [0, 1]; without a label the predicted class is attacked. */
export interface Subject {
  pixels: Float32Array;
  label: number | undefined;
}

/** Where the images are. */
export interface LibraryFiles {
  /** The selection: results/widget-images.json. */
  images: SiteFile;
  /** The images of the sweeps, and a curve that names them. */
  sweepImages: SiteFile;
  curve: SiteFile;
}

/** The published sweep, as far as it is read here. */
export type PublishedSweep = Pick<Sweep, 'indices' | 'labels' | 'predicted' | 'epsilons' | 'steps'>;

/** The selection for the picker. */
export async function listImages({ images }: Pick<LibraryFiles, 'images'>): Promise<ListedImage[]> {
  const { indices, labels, predicted } = await fetchSelection(images);
  return indices.map((index, i) => ({ index, label: Number(labels[i]), predicted: Number(predicted[i]) }));
}

/** The sweep of a curve. */
export function fetchSweep(curve: SiteFile): Promise<PublishedSweep> {
  return once(curve, async () => {
    const { clipped } = await fetchJson<{ clipped: PublishedSweep }>(curve, 'the stored predictions');
    return clipped;
  });
}

/** The bytes of all images of the sweeps, one after the other. */
export function fetchSweepImages(file: SiteFile, tell?: Tell): Promise<Uint8Array> {
  return once(file, async () => inflate(await fetchBytes(file, 'the images', tell)));
}

/**
 * A test image by its index in the test set.
 *
 * @throws if it is neither in the selection nor in the sweeps, or cannot be fetched
 */
export async function findImage(
  { images, sweepImages, curve }: LibraryFiles,
  index: number,
  tell?: Tell,
): Promise<Subject> {
  const selection = await fetchSelection(images, tell);
  const listed = selection.indices.indexOf(index);
  if (listed >= 0) return subjectAt(selection.bytes, selection.labels, listed);
  const [sweep, bytes] = await Promise.all([fetchSweep(curve), fetchSweepImages(sweepImages, tell)]);
  const place = sweep.indices.indexOf(index);
  if (place < 0) throw new Error(`Test image ${index} is not among those that this page offers.`);
  return subjectAt(bytes, sweep.labels, place);
}

/** Some of the images in bytes that follow one another, in [0, 1]; the first of them alone if no end is given. */
export function pixelsAt(bytes: Uint8Array, first: number, end = first + 1): Float32Array {
  return Float32Array.from(bytes.subarray(first * PIXELS, end * PIXELS), (byte) => byte / 255);
}

async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

function fetchSelection(file: SiteFile, tell?: Tell): Promise<WidgetImages & { bytes: Uint8Array }> {
  return once(file, async () => {
    const selection = await fetchJson<WidgetImages>(file, 'the images', tell);
    const packed = Uint8Array.from(atob(selection.pixels), (character) => character.charCodeAt(0));
    return { ...selection, bytes: await inflate(packed) };
  });
}

/** One of some images in bytes that follow one another, with its label. */
export function subjectAt(bytes: Uint8Array, labels: string, i: number): Subject {
  return { pixels: pixelsAt(bytes, i), label: Number(labels[i]) };
}
