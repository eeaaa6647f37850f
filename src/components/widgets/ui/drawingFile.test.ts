// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { drawingFile } from './download.ts';

it('drawingFile(svg) stands alone: its colours and its ground are in it', async () => {
  document.documentElement.style.backgroundColor = 'rgb(1, 2, 3)';
  document.body.innerHTML =
    '<style>.ln { stroke: rgb(4, 5, 6) }</style><svg viewBox="0 0 20 10"><path class="ln" d="M0 0H9"/><text>1&nbsp;%</text></svg>';
  const file = drawingFile(document.querySelector('svg')!);
  expect(file.type).toBe('image/svg+xml');
  const drawing = new DOMParser().parseFromString(await textOf(file), 'image/svg+xml');
  const [ground, path, text] = drawing.documentElement.children as unknown as SVGElement[];
  expect(ground!.getAttribute('fill')).toBe('rgb(1, 2, 3)');
  expect(path!.getAttribute('style')).toContain('stroke: rgb(4, 5, 6)');
  expect(text!.textContent).toBe('1\u00a0%');
});

/** jsdom's blobs have no text(). */
function textOf(file: Blob): Promise<string> {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.readAsText(file);
  });
}
