// What the widget tests share: an open page with one widget, and what its worker says.
import type { Page } from 'playwright-core';
import { runInWorkers } from '../../tools/browser/openWidget.ts';
import { withoutMoreImages } from './wakeWidgets.ts';

/** A reply of the worker, as far as tests read it. */
export interface SeenReply {
  type: string;
  device?: { backend: string; precision: string; software: boolean };
  milliseconds?: number;
  tensors?: number;
  message?: string;
}

/** Runs before a page: keeps each worker that the page starts, its address with the given query, and what it says. */
async function watchWorkers(page: Page, query = ''): Promise<void> {
  await page.addInitScript((added) => {
    const seen = { workers: 0, replies: [] as unknown[] };
    Object.assign(globalThis, { seen });
    const Original = Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(added ? `${String(url)}?${added}` : url, options);
        seen.workers++;
        this.addEventListener('message', ({ data }: MessageEvent<{ result?: unknown }>) => {
          seen.replies.push({ ...data, result: undefined });
        });
      }
    };
  }, query);
}

/** What the page's workers have said so far. */
export function replies(page: Page): Promise<SeenReply[]> {
  return page.evaluate(() => (globalThis as unknown as { seen: { replies: SeenReply[] } }).seen.replies);
}

/** How many workers the page has started. */
export function workersStarted(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { seen: { workers: number } }).seen.workers);
}

/** How many jobs the page's workers have done. */
export async function jobsDone(page: Page): Promise<number> {
  return (await replies(page)).filter(({ type }) => type === 'done').length;
}

/** Waits until the page's workers have done that many jobs. */
export async function waitForJobs(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const { seen } = globalThis as unknown as { seen: { replies: { type: string }[] } };
    return seen.replies.filter(({ type }) => type === 'done').length >= wanted;
  }, count);
}

/**
 * Opens a page whose workers are watched from the start. Without `moreImages` the self-check ends with the example: the
 * twenty images after it take as long as most tests.
 */
export async function openWatched(
  page: Page,
  path: string,
  { query = '', moreImages = false }: { query?: string; moreImages?: boolean } = {},
): Promise<void> {
  if (!moreImages) await withoutMoreImages(page);
  await watchWorkers(page, query);
  await page.goto(path);
}

/**
 * Lets a test break the worker's WebGL: in each worker `loseAfter` = n loses the context at the n-th draw call from now,
 * and `poison` makes every value NaN that is read back.
 */
export async function tamperWithWebgl(page: Page): Promise<void> {
  const prelude = `{
    const { getContext } = OffscreenCanvas.prototype;
    OffscreenCanvas.prototype.getContext = function (...args) {
      const gl = getContext.apply(this, args);
      const draw = gl.drawElements;
      gl.drawElements = function (...rest) {
        if (self.loseAfter && --self.loseAfter === 0) gl.getExtension('WEBGL_lose_context').loseContext();
        return draw.apply(this, rest);
      };
      const { readPixels, getBufferSubData } = gl;
      gl.readPixels = function (...rest) {
        readPixels.apply(this, rest);
        if (self.poison && rest[6] instanceof Float32Array) rest[6].fill(NaN);
      };
      gl.getBufferSubData = function (...rest) {
        getBufferSubData.apply(this, rest);
        if (self.poison && rest[2] instanceof Float32Array) rest[2].fill(NaN);
      };
      return gl;
    };
  }\n`;
  await runInWorkers(page, prelude);
}

/** Sets a name in the newest worker of a page. */
export async function setInWorker(
  page: Page,
  name: 'loseAfter' | 'poison',
  value: number | boolean,
): Promise<void> {
  await page
    .workers()
    .at(-1)!
    .evaluate(([key, set]) => Object.assign(globalThis, { [key as string]: set }), [name, value] as const);
}
