/**
 * Unpacks what was packed with "deflate-raw".
 *
 * @throws if the bytes are not complete
 */
export async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch {
    throw new Error('The images arrived incomplete.');
  }
}
