/**
 * Shows beside a cross-reference or citation what it points to, on hover and on focus: the text in `data-peek`, and
 * for an equation on this page the formula itself. Escape dismisses it; the pointer may move onto it.
 */
export function peeks(): void {
  const links = document.querySelectorAll<HTMLAnchorElement>('a.peek');
  if (links.length === 0) return;
  const main = document.querySelector('main') ?? document.body;
  const tip = main.appendChild(document.createElement('div'));
  tip.id = 'peek';
  tip.className = 'peek-tip';
  tip.setAttribute('role', 'tooltip');
  tip.hidden = true;
  let shown: HTMLAnchorElement | undefined;
  let timer = 0;

  const hide = () => {
    shown?.removeAttribute('aria-describedby');
    shown = undefined;
    tip.hidden = true;
  };
  const show = (link: HTMLAnchorElement) => {
    clearTimeout(timer);
    if (shown === link) return;
    hide();
    shown = link;
    tip.replaceChildren(...contentOf(link));
    tip.hidden = false;
    link.setAttribute('aria-describedby', tip.id);
    place(tip, link);
  };
  const hideSoon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(hide, 200);
  };

  for (const link of links) {
    link.addEventListener('mouseenter', () => show(link));
    link.addEventListener('focus', () => show(link));
    link.addEventListener('mouseleave', hideSoon);
    link.addEventListener('blur', hide);
    link.addEventListener('click', hide);
  }
  tip.addEventListener('mouseenter', () => clearTimeout(timer));
  tip.addEventListener('mouseleave', hideSoon);
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}

/** The text of a link's target, and a copy of the formula where the target is an equation of this page. */
function contentOf(link: HTMLAnchorElement): (Node | string)[] {
  const samePage = link.pathname === location.pathname;
  const formula =
    samePage && document.getElementById(link.hash.slice(1))?.querySelector('.display-math > .katex');
  return formula ? [link.dataset.peek ?? '', formula.cloneNode(true)] : [link.dataset.peek ?? ''];
}

/** Below the first line of the link, or above it where the window ends; never beyond the window's sides. */
function place(tip: HTMLElement, link: HTMLElement): void {
  const line = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const edge = document.documentElement.clientWidth - width - 12;
  const below = line.bottom + 6;
  const top = below + height > innerHeight ? line.top - height - 6 : below;
  tip.style.left = `${Math.max(12, Math.min(line.left, edge)) + scrollX}px`;
  tip.style.top = `${top + scrollY}px`;
}
