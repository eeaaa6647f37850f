import { hydrate, render, type ComponentChild } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Wakes a part of a widget in a task of its own, so that a slow processor wakes a large widget in several short tasks and
 * not in one long one. What the build rendered stands until then; afterwards the part follows the widget as a child does.
 */
export function Later({ children }: { children: ComponentChild }) {
  const place = useRef<HTMLDivElement>(null);
  const part = useRef({ built: children, newest: children, awake: false }).current;
  part.newest = children;
  useLayoutEffect(() => {
    const root = place.current!;
    const timer = setTimeout(() => {
      // Waking changes no attribute: it starts from what the build rendered, and then catches up.
      hydrate(part.built, root);
      render(part.newest, root);
      part.awake = true;
    });
    return () => {
      clearTimeout(timer);
      render(null, root);
    };
  }, []);
  useLayoutEffect(() => {
    if (part.awake) render(children, place.current!);
  });
  if (import.meta.env.SSR) return <div class="later">{children}</div>;
  // Markup of its own, though empty, tells Preact to leave what stands there.
  return <div class="later" ref={place} dangerouslySetInnerHTML={{ __html: '' }} />;
}
