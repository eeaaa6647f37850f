import type { FigureTable } from './figureOptions.ts';

/** A table as CSV (RFC 4180): commas, CRLF, quotes where a text needs them; numbers as JavaScript prints them. */
export function csv({ header, rows }: FigureTable): string {
  return [header, ...rows].map((row) => row.map(field).join(',') + '\r\n').join('');
}

function field(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
