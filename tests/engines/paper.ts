// What is on the sheets of a PDF, read by Poppler's programs.
import { execFileSync } from 'node:child_process';
import { findProgram } from './workspace.ts';

/** Whether this machine can read a PDF's sheets. */
export const readsPaper = findProgram('pdftotext') !== undefined && findProgram('pdfimages') !== undefined;

/** The text of each sheet, its lines as they stand. */
export function sheetsOf(pdf: Buffer): string[] {
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text.normalize('NFKC').split('\f').slice(0, -1);
}

/** How many pictures the sheet with this number, from 1, shows. */
export function picturesOn(pdf: Buffer, sheet: number): number {
  const list = ['-list', '-f', String(sheet), '-l', String(sheet), '-'];
  const table = execFileSync('pdfimages', list, { input: pdf, encoding: 'utf8' });
  return table.split('\n').filter((line) => line.includes(' image ')).length;
}
