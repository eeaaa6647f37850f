// What the widgets of a page tell each other.
import type { StateName } from '../session/status.ts';
import type { WidgetState } from '../session/state.ts';

interface PageEvents {
  'widget-state': { name: string; state: StateName };
  /** Every widget is asked to run again; one that is still asleep wakes. */
  'widget-run': undefined;
  'widget-show': { name: string; change: Omit<WidgetState, 'unit'> };
}

/** Whether all widgets were asked to run: one that wakes later runs then. */
export let askedToRun = false;

/** Tells all widgets of the page. */
export function tell<Name extends keyof PageEvents>(name: Name, detail: PageEvents[Name]): void {
  askedToRun ||= name === 'widget-run';
  dispatchEvent(new CustomEvent(name, { detail }));
}

/** Listens to the widgets of the page; returns what ends it. */
export function listen<Name extends keyof PageEvents>(
  name: Name,
  onEvent: (detail: PageEvents[Name]) => void,
): () => void {
  const handle = (event: Event) => onEvent((event as CustomEvent<PageEvents[Name]>).detail);
  addEventListener(name, handle);
  return () => removeEventListener(name, handle);
}
