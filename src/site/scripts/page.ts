// What a page does beyond its text; everything here is an addition, and the page is complete without it.
import { peeks } from './peeks.ts';

themeButton();
copyButtons();
followContents();
peeks();
printOpen();
scrollRegions();
failedWidgets();
// From here on the controls are shown.
document.documentElement.dataset.ready = '';

/** Lets the header's button switch the theme and remember it; until then the system's choice holds, also when it changes. */
function themeButton(): void {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  document.querySelector('[data-theme-button]')?.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    root.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Without storage the choice lasts for this page.
    }
  });
  dark.addEventListener('change', () => {
    if (!remembered()) root.dataset.theme = dark.matches ? 'dark' : 'light';
  });
}

function remembered(): boolean {
  try {
    return localStorage.getItem('theme') !== null;
  } catch {
    return false;
  }
}

/** Lets each `data-copy` button copy the text of the element it names, and say "Copied" for 1.5 s. */
function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const word = button.querySelector('span') ?? button;
    const label = word.textContent;
    let timer = 0;
    const say = (text: string) => {
      word.textContent = text;
      clearTimeout(timer);
      timer = window.setTimeout(() => (word.textContent = label), 1500);
    };
    // Rejects where there is no clipboard, as on http, and where it is forbidden.
    const copy = async () => {
      const text = document.getElementById(button.dataset.copy!)!.textContent;
      await navigator.clipboard.writeText(`${text.trim()}\n`);
    };
    button.addEventListener('click', () => {
      void copy().then(
        () => say('Copied'),
        () => say('Not allowed'),
      );
    });
  }
}

/** Marks in the contents the section whose heading was the last to pass the upper quarter of the window. */
function followContents(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-contents] a')];
  const passed = new Set<string>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) passed.add(`#${target.id}`);
        else passed.delete(`#${target.id}`);
      const current = links.findLast((link) => passed.has(link.hash)) ?? links[0];
      for (const link of links)
        if (link === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
    },
    // All that lies above the line counts, however far, so that a jump leaves no mark behind.
    { rootMargin: '1000000px 0px -75% 0px' },
  );
  for (const link of links) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) observer.observe(target);
  }
}

/** Opens every disclosure for the printer, and closes again those that were closed. */
function printOpen(): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details')].filter((details) => !details.open);
    for (const details of closed) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
    closed = [];
  });
}

/**
 * Puts a display formula or a table into the tab order exactly while it is wider than its box, so that
 * arrow keys can scroll it.
 */
function scrollRegions(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
  });
  for (const box of document.querySelectorAll('.display-math, .table-box')) observer.observe(box);
}

/** Says in a widget whose script cannot be loaded why it has no controls, and what to do. */
function failedWidgets(): void {
  addEventListener('astro:hydration-error', ({ target }) => {
    const details = (target as Element).querySelector('.status-line .details');
    if (details)
      details.textContent = 'The script of this figure could not be loaded: reload the page to run it here.';
  });
}
