import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { agreementFile, readAgreement, type Agreement } from './readAgreement.ts';

const weightsSha256 = 'a'.repeat(64);
const record: Agreement = {
  weightsSha256,
  agree: true,
  image: 0,
  differences: {
    prediction: { x: 0, fgsm: 1e-7, iterative: 1e-8 },
    accuracy: { fgsm: 0, iterative: 0.001 },
  },
  versions: { python: '3.11.7', jax: '0.10.2' },
};

function file(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'agreement-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'agreement.json');
  writeFileSync(path, content);
  return path;
}

describe('readAgreement(weightsSha256, file)', () => {
  it('gives the record of these weights', () => {
    expect(readAgreement(weightsSha256, file(JSON.stringify(record)))).toEqual(record);
  });

  it('gives nothing for other weights and for a disagreement', () => {
    expect(readAgreement('b'.repeat(64), file(JSON.stringify(record)))).toBeUndefined();
    expect(readAgreement(weightsSha256, file(JSON.stringify({ ...record, agree: false })))).toBeUndefined();
  });

  it('throws on a record that does not fit', () => {
    expect(() => readAgreement(weightsSha256, file('{}'))).toThrow(
      /agreement.json does not fit.*test:handin/,
    );
  });

  it('reads the committed record', () => {
    const committed = JSON.parse(readFileSync(agreementFile, 'utf8')) as Agreement;
    expect(readAgreement(committed.weightsSha256)).toEqual(committed);
  });
});
