import { describe, expect, it } from 'vitest';
import { labels, registry } from './labels.ts';

describe('labels(id)', () => {
  it('gives the word and the number of an id, with a letter for a second of a number', () => {
    expect(labels('listing-5')).toEqual({
      id: 'listing-5',
      number: '5',
      text: 'Listing\u00a05',
      page: 'networks/',
      title: 'Projected gradient descent',
    });
    expect(labels('figure-1b').text).toBe('Figure\u00a01b');
  });

  it('throws on an unknown id, naming it', () => {
    expect(() => labels('figure-99')).toThrow('unknown label "figure-99"');
  });
});

describe('registry', () => {
  it.each(['figure', 'table', 'equation', 'listing'])('numbers each %s in turn, without a gap', (kind) => {
    const ids = Object.keys(registry).filter((id) => id.startsWith(`${kind}-`));
    const first = ids.filter((id) => /\d$/.test(id));
    expect(first).toEqual(first.map((_, i) => `${kind}-${i + 1}`));
    for (const id of ids)
      expect(
        [id, id.slice(0, -1)].some((one) => first.includes(one)),
        id,
      ).toBe(true);
  });

  it('has no other kind', () => {
    for (const id of Object.keys(registry)) expect(id).toMatch(/^(figure|table|equation|listing)-\d+[b-z]?$/);
  });
});
