// Each figure as a file: a change of the drawing shows as a difference of text.
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { resultSchemas } from '../../compute/results/schemas.ts';
import { fixtures } from './fixtures.ts';
import { figureNames, figures, type FigureName } from './registry.ts';

const bound = (name: FigureName) => figures[name].bind(name, fixtures);
const lines = (html: string) => html.replaceAll('><', '>\n<') + '\n';

describe.each(figureNames)('figure %s', (name) => {
  it.each(['wide', 'small'] as const)('html({ sizes: [%s] }) draws as before', async (size) => {
    await expect(lines(bound(name).html({ sizes: [size] }))).toMatchFileSnapshot(
      `./snapshots/${name}-${size}.svg.txt`,
    );
  });

  it('html() holds both sizes, each with a role, a name and a description that its ids lead to', () => {
    const { window } = new JSDOM(bound(name).html());
    const drawings = [...window.document.querySelectorAll('svg')];
    expect(drawings.map((svg) => svg.getAttribute('class'))).toEqual(['chart c-wide', 'chart c-small']);
    for (const svg of drawings) {
      expect(svg.getAttribute('role')).toBe('img');
      for (const attribute of ['aria-labelledby', 'aria-describedby']) {
        const id = svg.getAttribute(attribute)!;
        expect(svg.querySelector(`[id="${id}"]`)?.textContent.length).toBeGreaterThan(10);
      }
    }
    const ids = [...window.document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('html() needs no inline style, colour, clip path or image', () => {
    expect(bound(name).html()).not.toMatch(
      /<style|style=|#[0-9a-f]{3}|rgb|var\(|clip-path|url\(|NaN|undefined|Infinity/,
    );
  });

  it('html() gives the same bytes whatever was drawn before', () => {
    const first = bound(name).html();
    bound('accuracy-iterative').html();
    bound('confusion-matrix').html();
    expect(bound(name).html()).toBe(first);
  });

  it('table() has a cell for each column and only finite numbers', async () => {
    const { header, rows } = bound(name).table();
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row).toHaveLength(header.length);
      for (const cell of row) if (typeof cell === 'number') expect(cell).toSatisfy(Number.isFinite);
    }
    const text = [header, ...rows].map((row) => row.join(' | ')).join('\n') + '\n';
    await expect(text).toMatchFileSnapshot(`./snapshots/${name}.table.txt`);
  });

  it('values() holds finite numbers, a cell for each column', () => {
    const { header, rows } = bound(name).values();
    for (const row of rows) {
      expect(row).toHaveLength(header.length);
      for (const cell of row) if (typeof cell === 'number') expect(cell).toSatisfy(Number.isFinite);
    }
  });

  it('bind(id, {}) names the results that are missing', () => {
    expect(() => figures[name].bind(name, {})).toThrow(
      `cannot draw ${name}: no result ${figures[name].results.join(', ')}`,
    );
  });
});

describe('fixtures', () => {
  it.each(Object.keys(fixtures) as (keyof typeof fixtures)[])(
    '%s fits the schema of the real result',
    (name) => {
      expect(resultSchemas[name].safeParse(fixtures[name]).error).toBeUndefined();
    },
  );
});
