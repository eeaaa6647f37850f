// Every figure on one set of results; one drawing of each kind as a file, so that a change shows as a difference of text.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { resultSchemas } from '../../compute/results/schemas.ts';
import type { FigureTable } from './figure.ts';
import { figureNames, figures, type FigureName } from './figures.ts';
import { fixtures } from './fixtures.ts';
import { lightTokens, standaloneSvg } from './standaloneSvg.ts';

const bound = (name: FigureName) => figures[name].bind(name, fixtures);
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

function checkTable({ header, rows, print = [] }: FigureTable): void {
  expect([0, header.length]).toContain(print.length);
  for (const row of rows) {
    expect(row).toHaveLength(header.length);
    for (const cell of row) if (typeof cell === 'number') expect(cell).toSatisfy(Number.isFinite);
  }
}

describe.each(figureNames)('figure %s', (name) => {
  it('html() holds both sizes, each with a role, and one name and description that their ids lead to', () => {
    const { window } = new JSDOM(bound(name).html());
    const drawings = [...window.document.querySelectorAll('svg')];
    expect(drawings.map((svg) => svg.getAttribute('class'))).toEqual(['chart c-wide', 'chart c-small']);
    const drawn = (['wide', 'small'] as const).map((size) => bound(name).svg(size));
    expect(drawings.map((svg) => svg.outerHTML)).toEqual(drawn.map((svg) => svg.outerHTML));
    for (const svg of drawings) {
      expect(svg.getAttribute('role')).toBe('img');
      for (const attribute of ['aria-labelledby', 'aria-describedby']) {
        const id = svg.getAttribute(attribute)!;
        expect(window.document.getElementById(id)?.textContent.length).toBeGreaterThan(10);
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
    bound('iterative-curve').html();
    bound('evaluation').html();
    expect(bound(name).html()).toBe(first);
  });

  it('table and values have a cell for each column and only finite numbers', () => {
    const { table, values } = bound(name);
    expect(table.rows.length).toBeGreaterThan(1);
    checkTable(table);
    checkTable(values);
  });

  it('standaloneSvg(drawing, style) is well-formed, needs nothing from outside and lays halos under its text', () => {
    const tokens = lightTokens(read('../../site/styles/tokens.css'));
    const text = standaloneSvg(bound(name).svg('wide'), { css: read('./charts.css'), tokens });
    const { documentElement: svg } = new new JSDOM('').window.DOMParser().parseFromString(
      text,
      'image/svg+xml',
    );
    expect(svg.nodeName).toBe('svg');
    expect(text).not.toMatch(/var\(|url\(|href|light-dark|@media|paint-order|(height|width): auto|display:/);
    expect(svg.querySelector('rect')!.getAttribute('fill')).toBe('#fdfcf9');
    expect(text).toContain('.axis { stroke: #8d8a83; }');
    for (const label of svg.querySelectorAll('.tick text:not(.halo)')) {
      expect(label.previousElementSibling?.textContent).toBe(label.textContent);
      expect(label.previousElementSibling?.classList).toContain('halo');
    }
  });
});

describe.each([
  'iterative-curve',
  'steps-curve',
  'smallest-epsilon',
  'fooled-classes',
  'random-signs',
  'training-loss',
  'precision',
  'fgsm-cross-entropy',
] as const)('figure %s', (name) => {
  it('draws as before', async () => {
    const drawing = bound(name).svg('wide').outerHTML.replaceAll('><', '>\n<');
    await expect(`${drawing}\n`).toMatchFileSnapshot(`./snapshots/${name}.svg.txt`);
  });

  it('prints its table as before', async () => {
    const { header, rows, print = [] } = bound(name).table;
    const printed = rows.map((row) =>
      row.map((cell, i) => (typeof cell === 'number' ? (print[i] ?? String)(cell) : cell)),
    );
    const text = [header, ...printed].map((row) => row.join(' | ')).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`./snapshots/${name}.table.txt`);
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
