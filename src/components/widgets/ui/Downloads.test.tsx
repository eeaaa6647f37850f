// @vitest-environment jsdom
import { render } from 'preact';
import { expect, it } from 'vitest';
import { Downloads } from './Downloads.tsx';

it('Downloads names the file that could not be written, and keeps the note', async () => {
  const write = () => {
    throw new RangeError('invalid byte 0: -1');
  };
  const files = ['answers.json', 'curves.csv'].map((name) => ({ name, text: name.split('.')[0], write }));
  render(<Downloads files={files} note=", of the images that are done" />, document.body);
  document.querySelector('button')!.click();
  await expect
    .poll(() => document.body.textContent, { timeout: 10_000 })
    .toBe(
      'Download answers, curves, of the images that are done. answers.json could not be written: reload the page to try again',
    );
});
