// The test images that a page may fetch: a selection for the picker, and those of the sweeps.
import type { WidgetImages } from '../../../compute/results/schemas.ts';
import { inflate } from './inflate.ts';
import { pixelsOf } from './pixelsOf.ts';

/** A test image that can be chosen. */
export interface LibraryImage {
  index: number;
  label: number;
  /** What the build's network reads. */
  predicted: number;
}

/** Where the images are, below the site's base path. */
export interface LibraryFiles {
  /** The selection: results/widget-images.json. */
  images: string;
  /** The images of the sweeps, and the curve that names them. */
  sweepImages: string;
  curve: string;
}

/** Test images, fetched when they are asked for, each file once. */
export interface ImageLibrary {
  /** The selection for the picker. */
  list: () => Promise<LibraryImage[]>;
  /** An image that was fetched already. */
  known: (index: number) => { pixels: Float32Array; label: number } | undefined;
  /**
   * An image by its index in the test set.
   *
   * @throws if it is neither in the selection nor in the sweeps, or cannot be fetched
   */
  find: (index: number) => Promise<{ pixels: Float32Array; label: number }>;
  /** The bytes of all images of the sweeps, one after the other. */
  sweepImages: () => Promise<Uint8Array>;
}

interface CurveFile {
  clipped: { indices: number[]; labels: string };
}

/** A library over some files of the site. */
function createImageLibrary(files: LibraryFiles): ImageLibrary {
  const images = new Map<number, { pixels: Float32Array; label: number }>();
  const selection = once(async () => {
    const { indices, labels, predicted, pixels } = await fetchJson<WidgetImages>(files.images);
    const all = pixelsOf(await inflate(bytesFromBase64(pixels)));
    return indices.map((index, i) => {
      images.set(index, { pixels: all(i), label: Number(labels[i]) });
      return { index, label: Number(labels[i]), predicted: Number(predicted[i]) };
    });
  });
  const sweepBytes = once(async () =>
    inflate(new Uint8Array(await (await fetchFile(files.sweepImages)).arrayBuffer())),
  );
  const sweep = once(async () => {
    const [{ clipped }, bytes] = await Promise.all([fetchJson<CurveFile>(files.curve), sweepBytes()]);
    const all = pixelsOf(bytes);
    clipped.indices.forEach((index, i) => {
      if (!images.has(index)) images.set(index, { pixels: all(i), label: Number(clipped.labels[i]) });
    });
  });
  return {
    list: selection,
    known: (index) => images.get(index),
    sweepImages: sweepBytes,
    find: async (index) => {
      for (const load of [selection, sweep]) {
        const found = images.get(index);
        if (found) return found;
        await load();
      }
      const found = images.get(index);
      if (!found) throw new Error(`Test image ${index} is not among those that this page offers.`);
      return found;
    },
  };
}

/** Fetches a file of the site. Throws in a sentence for the reader. */
async function fetchFile(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Error('The images could not be fetched; the connection may be down.');
  }
  if (!response.ok) throw new Error(`The images are not where they should be (status ${response.status}).`);
  return response;
}

/** Fetches a JSON file of the site. Throws in a sentence for the reader. */
export async function fetchJson<T>(url: string): Promise<T> {
  const response = await fetchFile(url);
  try {
    return (await response.json()) as T;
  } catch {
    throw new Error('The images arrived incomplete.');
  }
}

function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** A function whose result is kept once it succeeds. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= load().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}

const libraries = new Map<string, ImageLibrary>();

/** The library that all widgets of a page share. */
export function openLibrary(files: LibraryFiles): ImageLibrary {
  let library = libraries.get(files.images);
  if (!library) {
    library = createImageLibrary(files);
    libraries.set(files.images, library);
  }
  return library;
}
