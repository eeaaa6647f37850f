// What is handed in as archives: zip files and, of arrays by name, numpy's .npz, a zip of .npy files.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { zipSync } from 'fflate';

/** The earliest date that the format knows, in local time as the format has it: the same bytes in every zone. */
const date = new Date(1980, 0, 1);

/** Files that are compressed already gain nothing from a second time. */
const compressed = /\.(?:gz|npz|pdf|png)$/;

/** Files by name as a zip archive: names in order, one fixed date, so that equal files give equal bytes. */
export function zip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = Object.keys(files).sort();
  return zipSync(
    Object.fromEntries(names.map((name) => [name, [files[name]!, { level: compressed.test(name) ? 0 : 9 }]])),
    { mtime: date },
  );
}

/** An array of float32 with its shape, C order. */
interface FloatArray {
  shape: readonly number[];
  values: Float32Array;
}

const MAGIC = [0x93, ...Buffer.from('NUMPY'), 1, 0];
const ALIGNMENT = 64;

/** An array as a .npy file, version 1.0, dtype `<f4`. */
export function npy({ shape, values }: FloatArray): Uint8Array {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = MAGIC.length + 2;
  const length = Math.ceil((start + description.length + 1) / ALIGNMENT) * ALIGNMENT - start;
  const file = new Uint8Array(start + length + 4 * values.length);
  const view = new DataView(file.buffer);
  file.set(MAGIC);
  view.setUint16(MAGIC.length, length, true);
  file.set(Buffer.from(`${description.padEnd(length - 1)}\n`, 'latin1'), start);
  values.forEach((value, i) => {
    view.setFloat32(start + length + 4 * i, value, true);
  });
  return file;
}

/** Arrays by name as a .npz file, as `numpy.savez` writes it. */
export function npz(arrays: Readonly<Record<string, FloatArray>>): Uint8Array {
  return zip(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npy(array)])));
}
