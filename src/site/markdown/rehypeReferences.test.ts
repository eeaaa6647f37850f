import { describe, expect, it } from 'vitest';
import type { HastNode } from './hast.ts';
import { eachElement, textOf } from './hast.ts';
import { rehypeReferences } from './rehypeReferences.ts';

const text = (value: string): HastNode => ({ type: 'text', value });
const element = (
  tagName: string,
  properties: Record<string, unknown>,
  ...children: HastNode[]
): HastNode => ({
  type: 'element',
  tagName,
  properties,
  children,
});
const page = (...children: HastNode[]): HastNode => ({ type: 'root', children });
const entry = element('div', { id: 'bib-a2015' }, text('A, B. (2015).  A title. https://example.org/a'));
const list = () => element('div', { id: 'refs' }, structuredClone(entry));

describe('rehypeReferences', () => {
  it('gives a citation its entry, and the list a heading and links', () => {
    const tree = page(element('a', { href: '#bib-a2015' }, text('A, 2015')), list());
    rehypeReferences()(tree);
    expect(tree.children?.[0]?.properties).toEqual({
      href: '#bib-a2015',
      className: ['peek'],
      dataPeek: 'A, B. (2015). A title. https://example.org/a',
    });
    const links: unknown[] = [];
    eachElement(tree, (node) => node.tagName === 'a' && links.push(node.properties?.href));
    expect(links).toEqual(['#bib-a2015', 'https://example.org/a']);
    expect(textOf(tree.children?.[1] ?? tree)).toMatch(/^ReferencesA, B\./);
  });

  it('throws on a key without an entry, linked or left in the text', () => {
    expect(() => rehypeReferences()(page(element('a', { href: '#bib-b2016' }, text('B, 2016'))))).toThrow(
      'b2016',
    );
    expect(() => rehypeReferences()(page(element('p', {}, text('as shown [@b2016].'))))).toThrow('[@b2016]');
  });

  it('throws where two works of the same authors were joined into one citation', () => {
    const tree = page(element('a', { href: '#bib-a2015' }, text(', 2015')), list());
    expect(() => rehypeReferences()(tree)).toThrow('in brackets apart');
  });
});
