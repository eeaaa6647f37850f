import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';
import { fixtures } from './fixtures.ts';
import { lightTokens, tokenColour } from './lightTokens.ts';
import { figureNames, figures } from './registry.ts';
import { standaloneSvg } from './standaloneSvg.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const css = read('./figures.css');
const tokens = read('../../site/styles/tokens.css');

describe('csv(table)', () => {
  it('ends lines with CRLF and quotes what needs quotes', () => {
    expect(
      csv({
        header: ['a', 'b, c'],
        rows: [
          [1, 'say "x"'],
          [1e-9, ''],
        ],
      }),
    ).toBe('a,"b, c"\r\n1,"say ""x"""\r\n1e-9,\r\n');
  });
});

describe('lightTokens(css)', () => {
  it('takes the first of the two colours, and other values as they are', () => {
    const found = lightTokens(
      ':root { /* --x: 1; */ --ink: light-dark(#111111, #eeeeee); --fgsm: var(--ink); }',
    );
    expect([...found]).toEqual([
      ['--ink', '#111111'],
      ['--fgsm', 'var(--ink)'],
    ]);
    expect(tokenColour(found, '--ink')).toEqual([17, 17, 17]);
  });

  it('throws without :root; tokenColour throws for a token that is no colour', () => {
    expect(() => lightTokens('p { color: red; }')).toThrow('invalid tokens');
    expect(() => tokenColour(new Map([['--s', '4px']]), '--s')).toThrow('invalid token --s: 4px');
    expect(() => tokenColour(new Map(), '--ink')).toThrow('invalid token --ink: missing');
  });
});

describe('standaloneSvg(xml, { css, tokens })', () => {
  it.each(figureNames)('%s is well-formed and needs nothing from outside', (name) => {
    const svg = standaloneSvg(figures[name].bind(name, fixtures).xml(), { css, tokens });
    const { window } = new JSDOM('');
    const parsed = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.documentElement.nodeName).toBe('svg');
    expect(svg).not.toMatch(/var\(|url\(|href|light-dark|@media/);
    expect(svg).toContain('fill="#fdfcf9"');
    expect(svg).toContain('.axis{stroke: #8d8a83}');
  });

  it('throws for a token that tokens.css lacks, and for a text that is no figure', () => {
    const xml = figures['accuracy-fgsm'].bind('accuracy-fgsm', fixtures).xml();
    expect(() => standaloneSvg(xml, { css: '.chart .x { fill: var(--none); }', tokens })).toThrow(
      'unknown token --none',
    );
    expect(() => standaloneSvg('<svg></svg>', { css, tokens })).toThrow('invalid figure: width NaN');
  });
});
