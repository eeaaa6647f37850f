// @vitest-environment jsdom
import { options, render } from 'preact';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { InputUnits } from '../../../compute/networks/import/inputUnits.ts';
import type { Engine } from '../session/engine.ts';
import { builtResult, type BuiltExample } from '../session/view.ts';
import type { NetworkToOpen, OpenedNetwork } from '../session/openNetwork.ts';
import type { Jobs } from '../session/protocol.ts';
import { firstState } from '../session/state.ts';
import { LabWidget } from './LabWidget.tsx';
import type { LabProps } from './widgetProps.ts';

const one = (digit: number) => Array.from({ length: 10 }, (_, i) => Number(i === digit));
const reading = (digit: number) => ({ prediction: { probabilities: one(digit) }, loss: 0 });
const example: BuiltExample = {
  index: 0,
  label: 7,
  epsilon: 0.3,
  image: btoa('\0'.repeat(784)),
  signs: ['0'.repeat(784)],
  original: reading(7),
  path: [reading(2)],
  quantised: one(2),
  curve: { epsilons: '0', label: '1', rival: '0', predicted: '7' },
};
const props = {
  name: 'lab',
  anchor: 'lab',
  tableId: 'values',
  example,
  files: { weights: { url: '' } },
  pictures: {},
  networks: { sample: { words: 'a sample' } },
} as unknown as LabProps;

const patient = { timeout: 10_000 };

/** Attacks that are asked for, and networks that are opened: each waits for the test. */
const attacks: { request: Jobs['attack']['request']; answer: (digit: number) => void }[] = [];
const openings = new Map<string, { open: (network: Partial<OpenedNetwork>) => void; signal: AbortSignal }>();
const worker: Engine = {
  end: vi.fn(),
  run: ((name: string, request: Jobs['attack']['request']) =>
    new Promise((done) => {
      const answer = (digit: number) =>
        done({
          result: {
            label: request.label ?? digit,
            original: reading(digit),
            path: [{ ...reading(2), signs: new Int8Array(784), perturbed: request.pixels }],
          },
          device: { backend: 'cpu', precision: 'float32', software: false },
          milliseconds: 1,
        });
      if (name === 'attack') attacks.push({ request, answer });
    })) as unknown as Engine['run'],
};

vi.mock('./connectEngine.ts', () => ({ connectEngine: () => worker, startEngine: () => worker }));
vi.mock('../session/openNetwork.ts', () => ({
  openNetwork: ({ name }: NetworkToOpen, _: unknown, __: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise((open, refuse) => {
      openings.set(name, { open: (network) => open(openedNetwork(name, network)), signal });
      signal.addEventListener('abort', () => refuse(signal.reason as Error));
    }),
}));

const nothing = async function* () {};

/** A network whose units were found on the first images. */
function openedNetwork(name: string, network: Partial<OpenedNetwork>): OpenedNetwork {
  const units: InputUnits = '0..1';
  const first = { readings: [{ units, correct: 3, images: 4 }], total: 1_000, best: units, decided: false };
  const sha256 = 'a1b2c3d4e5f6';
  const opened: OpenedNetwork = {
    engine: worker,
    worker: { ...worker, end: vi.fn() },
    description: { layers: [], multiplications: 0, notes: [], sha256 },
    units,
    unitsKnown: false,
    exampleCorrect: true,
    counted: first,
    count: nothing,
    startProcessor: () => worker,
    withUnits: (other) =>
      Promise.resolve({
        ...opened,
        units: other,
        counted: undefined,
        count: nothing,
        view: { ...opened.view, network: { ...opened.view.network!, units: other } },
      }),
    view: {
      network: { name, units, sha256 },
      state: firstState(0, 0.3, 1),
      result: builtResult(example),
      built: false,
      curve: 'none',
      status: { state: 'computed', details: '' },
    },
    check: nothing,
    ...network,
  };
  return opened;
}

/** A count that the test ends: in the end all images speak for these units. */
function countOf(best: InputUnits) {
  let end!: () => void;
  const ended = new Promise<void>((done) => (end = done));
  const count = async function* () {
    await ended;
    yield { readings: [{ units: best, correct: 950, images: 1_000 }], total: 1_000, best, decided: true };
  };
  return { count, end };
}

let root: HTMLElement;
/** Long enough for what is begun to go on. */
const settle = (milliseconds = 100) => new Promise((done) => void setTimeout(done, milliseconds));
const find = (selector: string) => root.querySelector<HTMLElement>(selector)!;
const words = () => root.querySelector('.network-panel')?.textContent ?? '';
const units = () => find('.network-panel select') as HTMLSelectElement;
const button = (name: string) =>
  [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
const unseen = () => root.querySelectorAll('[data-ready="false"] .needs-js').length;

function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  for (const type of ['input', 'change']) select.dispatchEvent(new Event(type, { bubbles: true }));
}

/** Drops a file on the page; it is open once the test says so. */
async function drop(name: string): Promise<void> {
  const file = { name, size: 0, arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)) };
  const dataTransfer = { types: ['Files'], files: [file] };
  dispatchEvent(Object.assign(new Event('drop'), { dataTransfer }));
  await vi.waitUntil(() => openings.has(name), patient);
}

async function openFile(name: string, network: Partial<OpenedNetwork> = {}): Promise<void> {
  await vi.waitUntil(() => unseen() === 0, patient);
  await drop(name);
  openings.get(name)!.open(network);
  await vi.waitUntil(() => words().includes(name), patient);
  await settle();
}

beforeEach(() => {
  vi.stubGlobal('ImageData', Object);
  HTMLCanvasElement.prototype.getContext = () => ({ putImageData: () => undefined }) as never;
  Element.prototype.setPointerCapture = () => undefined;
  history.replaceState(null, '', '/');
  attacks.length = 0;
  openings.clear();
  root = document.body.appendChild(document.createElement('div'));
  render(<LabWidget {...props} />, root);
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it('keeps every control unseen until it works', async () => {
  expect(unseen()).toBe(root.querySelectorAll('.needs-js').length);
  await expect.poll(unseen, patient).toBe(0);
});

it('changes the units when the count of all images speaks for others', async () => {
  const { count, end } = countOf('mnist');
  await openFile('a.onnx', { count });
  end();
  await expect.poll(() => units().value, patient).toBe('mnist');
  expect(words()).toContain('found on test images');
});

it('names them, and changes nothing, once the reader has done something', async () => {
  const { count, end } = countOf('mnist');
  await openFile('a.onnx', { count });
  button('+').click();
  await settle();
  end();
  await expect.poll(words, patient).toContain('all of them speak for standardised by MNIST');
  await settle();
  expect(units().value).toBe('0..1');
  expect(find('.stepper output').textContent).toBe('2');
});

it('leaves the opening of a network alone when the count of the one before it ends', async () => {
  const { count, end } = countOf('mnist');
  await openFile('a.onnx', { count });
  await drop('b.onnx');
  end();
  await settle();
  expect(openings.get('b.onnx')!.signal.aborted).toBe(false);
  openings.get('b.onnx')!.open({});
  await expect.poll(words, patient).toContain('b.onnx');
});

it('says of units that they are as the reader says once the numbers are of them', async () => {
  let changed: ((network: OpenedNetwork) => void) | undefined;
  const withUnits = () => new Promise<OpenedNetwork>((done) => (changed = done));
  await openFile('a.onnx', { withUnits });
  choose(units(), '-1..1');
  await vi.waitUntil(() => button('Cancel'), patient);
  expect(words()).toContain('found on test images');
  button('Cancel').click();
  await settle();
  expect(words()).toContain('found on test images');
  choose(units(), '-1..1');
  changed!(openedNetwork('a.onnx', { units: '-1..1', counted: undefined }));
  await expect.poll(words, patient).toContain('as you say');
});

it('counts again when the reader asks for it', async () => {
  const { count, end } = countOf('0..1');
  end();
  const failing = async function* () {
    await Promise.reject(new Error('The network could not be run in this browser.'));
    yield* nothing();
  };
  const counts = [failing, count];
  await openFile('a.onnx', { count: () => counts.shift()!() });
  await expect.poll(words, patient).toContain('The network could not be run in this browser.');
  button('Count again').click();
  await expect.poll(words, patient).toMatch(/95\.0\s% of 1,000 test images/);
  expect(words()).not.toContain('could not be run');
});

it('keeps the reader’s file when they follow a link within the page', async () => {
  await openFile('a.onnx');
  location.hash = '#main';
  await settle();
  expect(words()).toContain('a.onnx');
  history.go(-2);
  await expect.poll(words, patient).toBe('');
  openings.clear();
  history.go(2);
  await vi.waitUntil(() => openings.has('a.onnx'), patient);
});

it('tells in the table of runs of which network in which units a run is', async () => {
  await openFile('model.json');
  attacks.length = 0;
  button('+').click();
  await vi.waitUntil(() => attacks.length > 0, patient);
  attacks[0]!.answer(1);
  await expect
    .poll(() => find('.runs').textContent, patient)
    .toMatch(/model\.json.*0 to 1.*SHA-256 a1b2c3d4/);
});

function drawingPad() {
  const pad = find('.drawing-pad');
  pad.getBoundingClientRect = () => ({ left: 0, top: 0, width: 280, height: 280 }) as DOMRect;
  return (type: 'pointerdown' | 'pointermove' | 'pointerup', clientY: number) => {
    const pointer = { pointerId: 1, button: 0, pointerType: 'mouse', clientX: 100, clientY };
    pad.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), pointer));
  };
}

it('redraws with each move of the pen the picture that is drawn on alone', async () => {
  await vi.waitUntil(() => unseen() === 0, patient);
  await settle();
  const drawn = new Set<string>();
  const before = { ...options };
  options.diffed = (vnode) => {
    before.diffed?.(vnode);
    if (typeof vnode.type === 'function') drawn.add(vnode.type.name);
  };
  onTestFinished(() => {
    Object.assign(options, before);
  });
  const pen = drawingPad();
  pen('pointerdown', 50);
  for (let y = 60; y < 200; y += 20) {
    pen('pointermove', y);
    await settle();
  }
  expect([...drawn].sort()).toEqual(['PixelPicture', 'Sheet']);
});

it('attacks a drawing of the class that is said, whenever it is said', async () => {
  await vi.waitUntil(() => unseen() === 0, patient);
  await settle();
  const pen = drawingPad();
  pen('pointerdown', 50);
  pen('pointermove', 200);
  pen('pointerup', 200);
  const label = find('.choices p:last-child select') as HTMLSelectElement;
  choose(label, '4');
  const labels = () => attacks.map(({ request }) => request.label);
  await expect.poll(labels, patient).toEqual([4]);
  // The answer is awaited.
  choose(label, '5');
  await expect.poll(labels, patient).toEqual([4, 5]);
  expect(attacks[1]!.request.pixels).toEqual(attacks[0]!.request.pixels);
  attacks[1]!.answer(1);
  await settle();
  expect(find('.facts').textContent).not.toContain('taken from the prediction');
});

it('sets ε back to where it was when the first of two fingers goes on to scroll', async () => {
  await vi.waitUntil(() => unseen() === 0, patient);
  const slider = find('input[type="range"]') as HTMLInputElement;
  const finger = (type: string, isPrimary: boolean) =>
    slider.dispatchEvent(Object.assign(new Event(type, { bubbles: true }), { isPrimary }));
  finger('pointerdown', true);
  slider.value = '0.1';
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
  finger('pointerdown', false);
  finger('pointercancel', true);
  await expect.poll(() => slider.value, patient).toBe('0.3');
});

it('says that a link is copied for as long after each time', async () => {
  await vi.waitUntil(() => unseen() === 0, patient);
  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.resolve() } });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const copy = button('Copy link');
  for (const milliseconds of [2_900, 200]) {
    copy.click();
    await vi.advanceTimersByTimeAsync(milliseconds);
  }
  vi.useRealTimers();
  expect(copy.textContent).toBe('Copied');
});
