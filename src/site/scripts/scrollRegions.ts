/**
 * Puts a display formula or a table of the text into the tab order exactly while it is wider than its box, so that
 * arrow keys can scroll it.
 */
export function scrollRegions(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries)
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
  });
  for (const box of document.querySelectorAll('.display-math, .text-table, .table-box'))
    observer.observe(box);
}
