// The directive `client:near`: a widget wakes near the window, or where it lies once all are asked to run.
import type { ClientDirective } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    'client:near'?: boolean;
  }
}

const wakeWidget: ClientDirective = (load, _options, island) => {
  const { promise: asked, resolve: wake } = Promise.withResolvers();
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) wake(undefined);
    },
    { rootMargin: '400px' },
  );
  // A translator would take the text away from the script that rewrites it.
  island.translate = false;
  for (const child of island.children) observer.observe(child);
  addEventListener('widget-run', wake, { once: true });
  void asked.then(async () => {
    observer.disconnect();
    const hydrate = await load();
    await hydrate();
  });
};

export default wakeWidget;
