/**
 * SHA-256 of some bytes in hexadecimal.
 *
 * Browsers offer it on secure origins only (https and localhost).
 *
 * @throws elsewhere, in a sentence for the reader
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // The type promises what an insecure origin lacks.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) {
    throw new Error('The network’s weights can only be checked on a secure page (https or localhost).');
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
