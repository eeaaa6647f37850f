/**
 * Lets a page arrive part by part, so that no single frame styles and lays out all of it: what has been parsed waits
 * unseen (`data-waits`) until its turn, in the order of the text. A page that is opened elsewhere than at its top (a link
 * with a fragment, a reload, a step back) comes whole, and so does the rest once a reader clicks, types or prints.
 * It stands in the head as text, to run before the first frame, and so uses nothing from outside.
 */
export function arrive(): void {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type !== 'navigate' || visit.name.includes('#')) return;

  /** What one step may show, in elements; and what a part weighs beside its elements, in the same unit. */
  const step = 300;
  const part = 25;
  const folded = 'details:not([open]) > :not(summary)';
  const weigh = (element: Element): number =>
    part + element.querySelectorAll('*').length - element.querySelectorAll(`${folded}, ${folded} *`).length;

  const waiting: HTMLElement[] = [];
  const wait = (nodes: Iterable<Node>, place = waiting.length): void => {
    const elements = [...nodes].filter((node) => node instanceof HTMLElement);
    for (const element of elements) element.dataset.waits = '';
    waiting.splice(place, 0, ...elements);
  };
  /** Shows parts up to a weight; of a part that is too heavy first the frame, then what is in it. */
  const show = (limit: number): void => {
    for (let left = limit; waiting[0];) {
      const [next] = waiting;
      const weight = weigh(next);
      if (weight > left && left < limit) return;
      waiting.shift();
      delete next.dataset.waits;
      if (weight > limit && next.matches('figure, section, div, astro-island')) wait(next.children, 0);
      else left -= weight;
    }
  };
  let article: Element | null = null;
  const parsed = new MutationObserver((changes) => {
    if (article) {
      for (const { addedNodes } of changes) wait(addedNodes);
      return;
    }
    article = document.querySelector('article');
    if (!article) return;
    wait(article.children);
    wait(document.querySelectorAll('body > footer'));
    parsed.disconnect();
    parsed.observe(article, { childList: true });
    parsed.observe(document.body, { childList: true });
  });
  parsed.observe(document, { childList: true, subtree: true });
  const frame = (): void => {
    setTimeout(() => {
      show(step);
      // Laid out in this task, painted in the next.
      document.body.getBoundingClientRect();
      const whole = document.readyState !== 'loading';
      if (whole) parsed.disconnect();
      if (!whole || waiting.length > 0) requestAnimationFrame(frame);
    });
  };
  requestAnimationFrame(frame);
  for (const touch of ['click', 'keydown', 'beforeprint'])
    addEventListener(touch, () => show(Infinity), { capture: true, once: true });
}
