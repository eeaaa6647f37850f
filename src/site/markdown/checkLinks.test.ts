import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deadLinks, pageLinks } from './checkLinks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'links-'));
  mkdirSync(join(folder, 'model'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const page = (name: string, html: string) => writeFileSync(join(folder, name), html);

describe('pageLinks(html)', () => {
  it('reads attributes of tags, not comments nor the text of code or scripts', () => {
    const { ids, links } = pageLinks(
      `<p id="a" title="x > y">href="#text"</p><a class='b' href='?q=1&amp;r=2'>x</a><a href=plain>y</a><!-- <a id="no" href="gone"> --><script>const s='<a href="#no">'</script>`,
    );
    expect([...ids]).toEqual(['a']);
    expect(links).toEqual(['?q=1&r=2', 'plain']);
  });
});

describe('deadLinks(folder, root)', () => {
  it('accepts anchors, pages, files and foreign addresses', () => {
    page(
      'index.html',
      '<h1 id="top"></h1><a href="#top"></a><a href="/r/model/index.html#x"></a><a href="model/index.html"></a><img src="/r/a.png">',
    );
    page(
      'model/index.html',
      '<p id="x"></p><a href="../index.html#top"></a><a href="https://example.org/none">e</a>',
    );
    page('a.png', '');
    expect(deadLinks(folder, '/r/')).toEqual([]);
  });

  it('names a missing anchor, a missing file, a folder and a link that leaves the site', () => {
    page(
      'index.html',
      '<a href="#figure-1"></a><a href="/r/lab/index.html"></a><a href="model/"></a><a href="/model/"></a>',
    );
    page('model/index.html', '<a href="../index.html#gone"></a>');
    expect(deadLinks(folder, '/r/')).toEqual([
      'index.html: #figure-1 (no element with id "figure-1")',
      'index.html: /r/lab/index.html (no such file)',
      'index.html: model/ (no such file)',
      'index.html: /model/ (outside /r/)',
      'model/index.html: ../index.html#gone (no element with id "gone")',
    ]);
  });
});
