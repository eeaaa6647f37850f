import { describe, expect, it } from 'vitest';
import { defineLabels } from './labels.ts';

const entry = { page: '', title: 'A title' };

describe('defineLabels(entries)', () => {
  it('gives the word and the number of an id', () => {
    const labels = defineLabels({
      'figure-1': entry,
      'listing-1': entry,
      'figure-2': { page: 'model/', title: 'B' },
    });
    expect(labels('figure-2')).toEqual({
      id: 'figure-2',
      kind: 'figure',
      number: 2,
      text: 'Figure\u00a02',
      page: 'model/',
      title: 'B',
    });
    expect(labels('listing-1').text).toBe('Listing\u00a01');
  });

  it('lets a letter make a second of a number', () => {
    const labels = defineLabels({ 'figure-1': entry, 'figure-1b': entry, 'figure-2': entry });
    expect(labels('figure-1b').text).toBe('Figure\u00a01b');
    expect(() => defineLabels({ 'figure-1b': entry })).toThrow('expected "figure-0" next');
  });

  it('throws on an unknown id, naming it', () => {
    expect(() => defineLabels({ 'figure-1': entry })('figure-9')).toThrow('unknown label "figure-9"');
  });

  it.each(['picture-1', 'figure-0', 'figure-01', 'figure', 'Figure-1'])(
    'throws on the malformed id %s',
    (id) => {
      expect(() => defineLabels({ [id]: entry })).toThrow(`invalid label "${id}"`);
    },
  );

  it('throws when the numbers of a kind leave a gap', () => {
    expect(() => defineLabels({ 'table-1': entry, 'table-3': entry })).toThrow('expected "table-2" next');
  });
});
