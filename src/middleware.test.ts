import { describe, expect, it } from 'vitest';
import { relativeAddresses } from './middleware.ts';

describe('relativeAddresses(html, page, options)', () => {
  it.each([
    ['/', '<a href="/model/">', '<a href="./model/index.html">'],
    ['/', '<a href="/">', '<a href="./index.html">'],
    ['/', '<a href="/#q1">', '<a href="#q1">'],
    ['/model/', '<a href="/">', '<a href="../index.html">'],
    ['/model/', '<a href="/methods/#margin">', '<a href="../methods/index.html#margin">'],
    ['/model/', '<a href="/model/#layers">', '<a href="#layers">'],
    ['/model/', '<a href="#layers">', '<a href="#layers">'],
    ['/model/', '<img alt="" src="/pictures/x.png">', '<img alt="" src="../pictures/x.png?b1">'],
    ['/', '<astro-island component-url="/_astro/a.js">', '<astro-island component-url="./_astro/a.js">'],
    ['/', '<a href="https://example.org/">', '<a href="https://example.org/">'],
    ['/', '<a href="//example.org/">', '<a href="//example.org/">'],
  ])('on %s makes %s %s', (page, html, expected) => {
    expect(relativeAddresses(html, page, { build: 'b1' })).toBe(expected);
  });

  it('begins at a root that is given, for a page that is shown at any depth', () => {
    expect(relativeAddresses('<a href="/model/">', '/404', { build: 'b1', root: '/report/' })).toBe(
      '<a href="/report/model/index.html">',
    );
  });

  it('reaches the addresses that a widget is given', () => {
    const props = (address: string) =>
      `<astro-island props="{&quot;file&quot;:[0,&quot;${address}&quot;],&quot;n&quot;:[0,1]}">`;
    expect(relativeAddresses(props('/results/a.json'), '/lab/', { build: 'b1' })).toBe(
      props('../results/a.json'),
    );
  });
});
