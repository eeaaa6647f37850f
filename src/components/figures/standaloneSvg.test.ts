import { describe, expect, it } from 'vitest';
import { lightTokens, resolveTokens } from './standaloneSvg.ts';

describe('lightTokens(css)', () => {
  it('takes the first of the two colours, and other values as they are', () => {
    const found = lightTokens(
      ':root { /* --x: 1; */ --ink: light-dark(#111111, #eeeeee); --fgsm: var(--ink); }',
    );
    expect([...found]).toEqual([
      ['--ink', '#111111'],
      ['--fgsm', 'var(--ink)'],
    ]);
  });

  it('takes a last declaration without a semicolon too', () => {
    expect([...lightTokens(':root { --a: 1px; --b: light-dark(#222222, #333333)\n}')]).toEqual([
      ['--a', '1px'],
      ['--b', '#222222'],
    ]);
  });
});

describe('resolveTokens(css, tokens)', () => {
  const tokens = new Map([
    ['--ink', '#111'],
    ['--line', 'var(--ink)'],
  ]);

  it('replaces each token, through others too, and leaves comments and line ends out', () => {
    expect(resolveTokens('.a {\n  fill: var(--ink); /* x */\n  stroke: var(--line)\n}\n', tokens)).toBe(
      '.a { fill: #111; stroke: #111 }',
    );
  });

  it('throws for a token that is not there', () => {
    expect(() => resolveTokens('.a { fill: var(--inc) }', tokens)).toThrow(
      'unknown token --inc, expected one of --ink, --line',
    );
  });
});
