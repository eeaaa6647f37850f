/** Marks in the contents the section whose heading was the last to pass the upper quarter of the window. */
export function followContents(): void {
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
