import { describe, expect, it } from 'vitest';
import { resolveCss } from './resolveCss.ts';

const tokens = `/* --ink: red; */ :root { --ink: light-dark(#111, #eee); --line: var(--ink); --sans: 'A', sans-serif; }
  [data-theme='dark'] { --ink: blue; }`;

describe('resolveCss(css, tokens, changed)', () => {
  it('takes the light value of each token, tokens of tokens included', () => {
    expect(resolveCss('.a { fill: var(--ink); stroke: var(--line) }', tokens)).toBe(
      '.a { fill: #111; stroke: #111 }',
    );
  });

  it('prefers changed values', () => {
    expect(resolveCss('.a { fill: var(--line) }', tokens, { '--ink': '#000' })).toBe('.a { fill: #000 }');
  });

  it('leaves out comments and rules of media, and keeps what follows them', () => {
    const css =
      '/* x */ .a { color: red } @media (max-width: 9px) { .a { color: blue } .b { } } .c { font: var(--sans) }';
    expect(resolveCss(css, tokens)).toBe(".a { color: red } .c { font: 'A', sans-serif }");
  });

  it('throws on an unknown token, naming those there are', () => {
    expect(() => resolveCss('.a { fill: var(--inc) }', tokens)).toThrow(
      'unknown token --inc: expected one of --ink, --line, --sans',
    );
  });
});
