// Protobuf messages, with every length held against that of the file.
import type { PbfReader } from 'pbf';
import { check } from './refusal.ts';

/** What helps against a file that is damaged. */
export const COPY_AGAIN = 'copy it again, complete';

type Readers = Readonly<Record<number, () => void>>;

/** Reads the fields of a message up to its end; those without a reader are skipped. */
export function readFields(reader: PbfReader, end: number, fields: Readers): void {
  reader.readFields((field) => fields[field]?.(), undefined, end);
}

/** Reads a message within another. Throws a Refusal, like all of these, if its length reaches beyond the file. */
export function message(reader: PbfReader, fields: Readers): void {
  readFields(reader, endOf(reader), fields);
}

function endOf(reader: PbfReader): number {
  const end = reader.readVarint() + reader.pos;
  check(end <= reader.length, 'file', `a length at byte ${reader.pos} reaches beyond its end`, COPY_AGAIN);
  return end;
}

/** Numbers, packed or one by one. */
export function numbers(reader: PbfReader, into: number[], read: () => number): () => void {
  return () => {
    if (reader.type !== 2) into.push(read());
    else for (const end = endOf(reader); reader.pos < end;) into.push(read());
  };
}

/** Bytes, where they lie in the file. */
export function bytesOf(reader: PbfReader): Uint8Array {
  const end = endOf(reader);
  const bytes = reader.buf.subarray(reader.pos, end);
  reader.pos = end;
  return bytes;
}

/** A string. */
export const textOf = (reader: PbfReader): string => new TextDecoder().decode(bytesOf(reader));
