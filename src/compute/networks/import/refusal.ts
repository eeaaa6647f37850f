/** Why a file cannot be read as a network: one sentence with the layer or field, what was expected, and the way out. */
export class Refusal extends Error {
  override name = 'Refusal';

  /**
   * @param where the layer, node or field of the file
   * @param what what was found there and what was expected
   * @param wayOut what the reader can do
   */
  constructor(where: string, what: string, wayOut = 'change it and export again') {
    super(`${clean(where)}: ${clean(what)}; ${wayOut}`);
  }
}

const megabyte = 1024 * 1024;

/** Bytes that the files of a network may hold together, packed or not. */
export const MOST_BYTES = 64 * megabyte;

/** The refusal of a file that is too large. */
export function tooLarge(name: string): Refusal {
  const wayOut = 'take a smaller network: 4 million parameters are the most';
  return new Refusal(name, `more than ${MOST_BYTES / megabyte} MB`, wayOut);
}

/** Throws a {@link Refusal} unless something holds. */
export function check(holds: unknown, where: string, what: string, wayOut?: string): asserts holds {
  if (!holds) throw new Refusal(where, what, wayOut);
}

/** What a file says, short enough to be shown and without characters that control a terminal. */
function clean(text: string): string {
  const printed = text.replace(/\p{C}/gu, '�');
  return printed.length > 300 ? `${printed.slice(0, 300)}…` : printed;
}
