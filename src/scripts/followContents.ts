/** Marks in the contents the section whose heading was the last to pass the upper quarter of the window. */
export function followContents(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-contents] a')];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        for (const link of links) link.toggleAttribute('aria-current', false);
        links.find((link) => link.hash === `#${target.id}`)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '0px 0px -75% 0px' },
  );
  for (const link of links) {
    const target = document.getElementById(link.hash.slice(1));
    if (target) observer.observe(target);
  }
}
