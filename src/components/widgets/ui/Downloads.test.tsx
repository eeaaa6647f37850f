// @vitest-environment jsdom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { Downloads } from './Downloads.tsx';

it('Downloads names the file that could not be written, and keeps the note', async () => {
  const write = () => {
    throw new RangeError('invalid byte 0: -1');
  };
  const files = ['answers.json', 'curves.csv'].map((name) => ({ name, text: name.split('.')[0], write }));
  const place = document.createElement('p');
  render(<Downloads files={files} note=", of the images that are done" />, place);
  place.querySelector('button')!.click();
  await expect
    .poll(() => place.textContent, { timeout: 10_000 })
    .toBe(
      'Download answers, curves, of the images that are done. answers.json could not be written: reload the page to try again',
    );
});
