/** Puts a display formula into the tab order exactly while it is wider than its box, so that arrow keys can scroll it. */
export function scrollRegions(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
  });
  for (const formula of document.querySelectorAll('.display-math')) observer.observe(formula);
}
