// The IDX format of the MNIST files: a magic number that holds the element type and the rank, the
// sizes, then the bytes.

/** An array of bytes with its sizes, the first the number of items. */
export interface IdxArray {
  shape: number[];
  bytes: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes.
 *
 * @param name the file's name, for messages
 * @throws if the magic number, a size or the length is not what the format says
 */
export function readIdx(name: string, file: Uint8Array, expectedShape: readonly number[]): IdxArray {
  const rank = expectedShape.length;
  const header = 4 + 4 * rank;
  if (file.length < header) {
    throw new Error(
      `${name}: ${file.length} bytes, expected a header of ${header}; install the packages again`,
    );
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = view.getUint32(0);
  const expectedMagic = 0x0800 + rank; // 0x08: unsigned bytes
  if (magic !== expectedMagic) {
    throw new Error(
      `${name}: magic number ${hex(magic)}, expected ${hex(expectedMagic)}; install the packages again`,
    );
  }
  const shape = expectedShape.map((_, i) => view.getUint32(4 + 4 * i));
  if (shape.join() !== expectedShape.join()) {
    throw new Error(
      `${name}: sizes ${shape.join(' × ')}, expected ${expectedShape.join(' × ')}; install the packages again`,
    );
  }
  const length = header + shape.reduce((product, n) => product * n, 1);
  if (file.length !== length) {
    throw new Error(`${name}: ${file.length} bytes, expected ${length}; install the packages again`);
  }
  return { shape, bytes: file.subarray(header) };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
