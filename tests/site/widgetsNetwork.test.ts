// The lab with another network than the report's: samples, files of the reader's, and what is said of each.
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { readResult } from '../../src/compute/results/readResult.ts';
import { openWidget } from '../../tools/browser/openWidget.ts';
import { test } from './test.ts';
import { openWatched, workersStarted } from './widgetPage.ts';

const lenet = 'tests/networks/fixtures/torch-lenet.onnx';
const keras = ['model.json', 'group1-shard1of1.bin'].map((name) => `tests/networks/fixtures/keras/${name}`);
const dense = 'sample: a dense network, from PyTorch';

async function openLab(page: Page, query = '') {
  await openWatched(page, `lab/${query}`);
  const opened = await openWidget(page, 'lab');
  const widget = page.locator('.lab-widget');
  return {
    ...opened,
    widget,
    choice: widget.getByLabel('Network', { exact: true }),
    file: widget.locator('input[type="file"]'),
    panel: widget.locator('.network-panel'),
    problem: widget.getByRole('alert'),
  };
}

test('a file of the reader’s is read, counted, attacked and checked on the processor; nothing of it leaves the page', async ({
  visit,
}) => {
  const { page, foreign } = await visit('404.html');
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData() !== null) sent.push(request.url());
  });
  const { choice, file, panel, reaches, slider, widget } = await openLab(page);
  await reaches('reproduced');
  await file.setInputFiles(lenet);
  await panel.waitFor({ timeout: 45_000 });
  expect(await choice.locator('option:checked').textContent()).toBe('torch-lenet.onnx');
  expect(await panel.textContent()).toMatch(/torch-lenet\.onnx · \d+ layers · [\d,]+ parameters/);
  expect(await reaches('reproduced')).toContain('Agrees with a second computation on the processor');
  await panel.locator('[data-done="true"]').waitFor({ timeout: 90_000 });
  await expect.poll(() => panel.getByLabel('Its pixels are').inputValue(), { timeout: 45_000 }).toBe('mnist');
  expect(await panel.textContent()).toMatch(/9\d\.\d\s% of 1,000 test images/);
  // What the report's network misclassifies is not said of this one.
  const images = widget.getByLabel('Test image', { exact: true });
  await images.focus();
  await expect.poll(() => images.locator('optgroup').count()).toBe(10);
  expect(await images.textContent()).not.toContain('misclassified');
  await slider.fill('0.1');
  await reaches('computed');
  await expect.poll(() => widget.locator('.runs tbody').textContent()).toContain('torch-lenet.onnx');
  expect(await widget.locator('.share').textContent()).toContain('A link cannot hold your file');
  // A stroke over the digit is attacked by this network too.
  const pad = (await widget.locator('.drawing-pad').boundingBox())!;
  await page.mouse.move(pad.x + 0.3 * pad.width, pad.y + 0.5 * pad.height);
  await page.mouse.down();
  await page.mouse.move(pad.x + 0.7 * pad.width, pad.y + 0.5 * pad.height, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => widget.locator('.facts').textContent()).toContain('taken from the prediction');
  await expect
    .poll(() => widget.locator('.runs tbody tr:last-child').textContent())
    .toMatch(/drawn.*torch-lenet\.onnx/);
  expect(new URL(page.url()).search).toBe('');
  expect(sent).toEqual([]);
  expect(foreign).toEqual([]);
});

test('what cannot be read is refused in one sentence, and the network before stays usable', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const { choice, file, panel, problem, reaches, slider } = await openLab(page);
  await reaches('reproduced');
  const model = JSON.parse(await readFile(keras[0]!, 'utf8')) as object;
  const refused = [
    { name: 'notes.txt', content: 'no network', sentence: /notes\.txt: no \.onnx and no model\.json/ },
    {
      name: 'half.onnx',
      content: (await readFile(lenet)).subarray(0, 999),
      sentence: /copy it again, complete/,
    },
    {
      name: 'model.json',
      content: JSON.stringify(model),
      sentence: /group1-shard1of1\.bin, which is not beside it/,
    },
    {
      name: 'model.json',
      content: JSON.stringify(model).replaceAll('Conv2D', 'LSTM'),
      sentence: /LSTM|beside/,
    },
  ];
  for (const { name, content, sentence } of refused) {
    await file.setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
    await expect.poll(() => problem.textContent(), { timeout: 45_000 }).toMatch(sentence);
    expect(await panel.count()).toBe(0);
    expect(await choice.inputValue()).toBe('');
  }
  await slider.fill('0.1');
  await reaches('computed');
  // What is good makes up for it.
  await file.setInputFiles(keras);
  await panel.waitFor({ timeout: 45_000 });
  expect(await problem.count()).toBe(0);
  expect(await choice.locator('option:checked').textContent()).toBe('model.json');
});

test('a file that is dropped on the page is opened, and of two the newest; the one before is never shown', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const { choice, panel, reaches } = await openLab(page);
  await reaches('reproduced');
  const drop = async (path: string) => {
    const bytes = [...(await readFile(path))];
    await page.evaluate(
      ([name, content]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([new Uint8Array(content)], name));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [path.split('/').at(-1)!, bytes] as const,
    );
  };
  await page.evaluate(() => {
    const names = new Set<string>();
    Object.assign(globalThis, { names });
    new MutationObserver(() => {
      for (const name of document.querySelectorAll('.network-panel dd:first-of-type'))
        names.add(name.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await drop(lenet);
  await drop('tests/networks/fixtures/torch-channel-first.onnx');
  await panel.waitFor({ timeout: 45_000 });
  expect(await choice.locator('option:checked').textContent()).toBe('torch-channel-first.onnx');
  await reaches('reproduced');
  const names = await page.evaluate(() => [...(globalThis as unknown as { names: Set<string> }).names]);
  expect(names.some((name) => name.includes('lenet'))).toBe(false);
});

test('a sample stands in the address, which opens it again; back and forward lead between the networks', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const { choice, file, panel, reaches, slider, widget } = await openLab(
    page,
    '?widget=lab&network=torch-dense&epsilon=0.1',
  );
  await panel.waitFor({ timeout: 45_000 });
  expect(await panel.textContent()).toContain(dense);
  await reaches('computed');
  expect(await slider.inputValue()).toBe('0.1');
  await expect.poll(() => page.url()).toContain('network=torch-dense');
  await widget.getByRole('button', { name: 'Back to the report’s network' }).click();
  await expect.poll(() => panel.count()).toBe(0);
  await expect.poll(() => page.url()).not.toContain('torch-dense');
  await file.setInputFiles(lenet);
  await panel.waitFor({ timeout: 45_000 });
  await page.goBack();
  await expect.poll(() => choice.inputValue()).toBe('');
  await page.goBack();
  await expect.poll(() => choice.inputValue(), { timeout: 45_000 }).toBe('torch-dense');
  await page.goForward();
  await expect.poll(() => choice.inputValue()).toBe('');
  await page.goForward();
  await expect
    .poll(() => choice.locator('option:checked').textContent(), { timeout: 45_000 })
    .toBe('torch-lenet.onnx');
});

test('the network trained against the attack is chosen by name, and becomes what the build says it becomes', async ({
  visit,
}) => {
  const { networks } = await readResult('network-curves');
  const { example } = networks.find(({ name }) => name === 'mnist-cnn-defended')!;
  const { page } = await visit('404.html');
  const { choice, panel, reaches, widget } = await openLab(page);
  await choice.selectOption('defended');
  await panel.waitFor({ timeout: 45_000 });
  expect(await panel.textContent()).toContain('trained against the attack');
  expect(await panel.locator('select').count()).toBe(0);
  await expect.poll(() => page.url()).toContain('network=defended');
  expect(await reaches('reproduced')).toContain('Agrees with a second computation on the processor');
  expect(await widget.locator('.third .digit').textContent()).toBe(String(example.fgsm));
});

test('a link to a network that the page does not have says so', async ({ visit }) => {
  const { page } = await visit('404.html');
  const { choice, problem } = await openLab(page, '?widget=lab&network=nobody');
  await expect.poll(() => problem.textContent()).toBe('This page has no network called nobody.');
  expect(await choice.inputValue()).toBe('');
});

test('opening is cancelled, and a worker that dies is replaced by one that reads the file again', async ({
  visit,
}) => {
  const { page } = await visit('404.html');
  const { choice, panel, reaches, slider, widget } = await openLab(page);
  await reaches('reproduced');
  await choice.selectOption('torch-dense');
  await widget.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => widget.locator('.opening').count()).toBe(0);
  await choice.selectOption('torch-dense');
  await panel.waitFor({ timeout: 45_000 });
  await reaches('reproduced');
  const started = await workersStarted(page);
  const workers = page.workers();
  await Promise.all(
    workers.map((worker) =>
      worker.evaluate(() =>
        setTimeout(() => {
          throw new Error('dies');
        }),
      ),
    ),
  );
  await slider.fill('0.1');
  await reaches('computed');
  expect(await workersStarted(page)).toBeGreaterThan(started);
  expect(await panel.textContent()).toContain(dense);
});

test('the reader says what the pixels are, and the numbers are those of these units', async ({ visit }) => {
  const { page } = await visit('404.html');
  const { choice, panel, reaches } = await openLab(page);
  await choice.selectOption('torch-dense');
  await panel.waitFor({ timeout: 45_000 });
  const units = panel.getByLabel('Its pixels are');
  await panel.locator('[data-done="true"]').waitFor({ timeout: 90_000 });
  await expect.poll(() => units.inputValue(), { timeout: 45_000 }).toBe('-1..1');
  await units.selectOption('0..255');
  await expect.poll(() => units.inputValue(), { timeout: 45_000 }).toBe('0..255');
  expect(await panel.textContent()).toContain('as you say');
  await reaches('reproduced');
});

test('the four questions are answered by the keyboard, with progress, cancel and files; axe finds nothing', async ({
  visit,
}) => {
  const { page } = await visit('404.html', { acceptDownloads: true });
  const { panel, widget } = await openLab(page, '?widget=lab&network=torch-dense');
  await panel.waitFor({ timeout: 45_000 });
  await panel.locator('[data-done="true"]').waitFor({ timeout: 90_000 });
  await expect.poll(() => panel.locator('select').inputValue(), { timeout: 45_000 }).toBe('-1..1');
  const answers = widget.getByRole('region', { name: 'The four questions' });
  const status = answers.locator('.status-line');
  await answers.getByRole('button', { name: 'Answer the four questions' }).press('Enter');
  await expect
    .poll(() => status.textContent(), { timeout: 45_000 })
    .toMatch(/the curve of one step · \d+\s%/);
  expect(await answers.locator('table.vector').count()).toBe(2);
  await answers.locator('svg.c-wide').waitFor({ timeout: 45_000 });
  await answers.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect.poll(() => status.getAttribute('data-state')).toBe('static');
  for (const [name, extension] of [
    ['answers (JSON)', 'json'],
    ['curves (CSV)', 'csv'],
    ['drawing (SVG)', 'svg'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      answers.getByRole('button', { name }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe(`answers.${extension}`);
    const content = await readFile(await download.path());
    if (extension === 'csv')
      expect(content.toString()).toMatch(/^epsilon,one step,one step \(report\)\n0,[01](\.\d+)?,0\.\d+\n/);
    if (extension === 'json')
      expect(JSON.parse(content.toString())).toMatchObject({ network: { units: '-1..1' } });
    if (extension === 'svg') expect(content.toString()).toMatch(/^<svg /);
  }
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]!.html])).toEqual([]);
});
