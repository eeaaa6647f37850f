// Runs in a page before its own scripts: when the reader acted, when the worker was asked and answered, and when the
// answer was painted. Times are milliseconds since the navigation began.

/** One act of the reader and what came of it. */
export interface Act {
  input: number;
  /** The last request to the worker before its answer, and that answer's arrival. */
  asked: number;
  answered: number;
  /** The worker's own milliseconds. */
  worker: number;
  painted: number;
}

/** What a page keeps about itself, as `paints` of its window. */
export interface Paints {
  /** Since when the first widget answers, and when its check was first passed. */
  hydrated: number | undefined;
  reproduced: number | undefined;
  /** Tasks over 50 ms of the page's thread. */
  longTasks: { at: number; milliseconds: number }[];
  /** Answers painted so far. */
  answers: number;
  /** Waits for the next input and for the frame with its answer. */
  expect: () => void;
  act: Promise<Act>;
}

/** Keeps a page's times as `paints` of its window. Complete in itself: it is sent to the page as text. */
export function recordPaints(): void {
  const paints: Partial<Paints> & Pick<Paints, 'longTasks' | 'answers'> = { longTasks: [], answers: 0 };
  let next: { act: Partial<Act>; resolve: (act: Act) => void } | undefined;
  let pending: Pick<Act, 'asked' | 'answered' | 'worker'> | undefined;
  let asked = 0;
  Object.assign(window, { paints });
  paints.expect = () => {
    paints.act = new Promise((resolve) => (next = { act: {}, resolve }));
  };
  for (const type of ['input', 'change', 'click'])
    addEventListener(type, () => next && (next.act.input ??= performance.now()), true);
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      paints.longTasks.push({ at: startTime, milliseconds: duration });
  }).observe({ type: 'longtask', buffered: true });

  const Original = Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent<{ type: string; milliseconds: number }>) => {
        if (data.type === 'done') pending = { asked, answered: performance.now(), worker: data.milliseconds };
      });
    }
    override postMessage(message: unknown): void {
      asked = performance.now();
      super.postMessage(message);
    }
  };

  // Painted: the answer has changed the page, the frame with it has run its callbacks, and the first task after them has
  // come. By then style, layout and paint of that frame are done and handed over. Event timing would not see it, since
  // the answer comes after the event, and element timing knows neither canvases nor changed text.
  const channel = new MessageChannel();
  const frames: (() => void)[] = [];
  channel.port1.onmessage = () => frames.shift()?.();
  new MutationObserver(() => {
    const widget = document.querySelector('[data-widget][data-ready="true"]');
    if (widget) paints.hydrated ??= performance.now();
    if (widget?.querySelector('.status-line[data-state="reproduced"]'))
      paints.reproduced ??= performance.now();
    if (!pending) return;
    const answer = pending;
    pending = undefined;
    requestAnimationFrame(() => {
      frames.push(() => {
        paints.answers++;
        if (next?.act.input === undefined || answer.asked < next.act.input) return;
        next.resolve({ ...answer, input: next.act.input, painted: performance.now() });
        next = undefined;
      });
      channel.port2.postMessage(undefined);
    });
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}
