// The directive `client:near`: a widget wakes near the window, or where it lies once all are asked to run.
import type { ClientDirective } from 'astro';

declare module 'astro' {
  interface AstroClientDirectives {
    'client:near'?: boolean;
  }
}

const wakeWidget: ClientDirective = (load, _options, island) => {
  const wake = async () => {
    observer.disconnect();
    removeEventListener('widget-run', onRun);
    const hydrate = await load();
    await hydrate();
  };
  const onRun = () => void wake();
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void wake();
    },
    { rootMargin: '400px' },
  );
  // A translator would take the text away from the script that rewrites it.
  island.translate = false;
  for (const child of island.children) observer.observe(child);
  addEventListener('widget-run', onRun);
};

export default wakeWidget;
