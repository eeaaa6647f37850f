// What the reader has set, and how it stands in an address: a link reopens exactly this state.
import { CLASSES } from '../../../compute/data/shape.ts';

/** Settings of a widget. ε is always the total; `unit` says which of the two the reader sees and turns. */
export interface WidgetState {
  /** Index of a test image, or the digit that the reader drew. */
  image: number | 'drawn';
  epsilon: number;
  steps: number;
  clip: boolean;
  /** The class that the attack moves towards; away from the true one if undefined, "any" in an address. */
  target: number | undefined;
  unit: 'total' | 'step';
}

/** What is set before a reader sets anything. */
export function firstState(image: number, epsilon: number, steps: number): WidgetState {
  return { image, epsilon, steps, clip: true, target: undefined, unit: 'total' };
}

/** Bounds of what a reader can set. */
export const limits = { epsilon: 0.5, steps: 20, images: 10_000, classes: CLASSES } as const;

const names = ['image', 'epsilon', 'steps', 'clip', 'target', 'unit'] as const;

/**
 * The part of an address's query that describes the state of a widget.
 *
 * @param name which widget of the page
 * @param network which network, if it is not the report's own
 */
export function stateQuery(
  name: string,
  { image, epsilon, steps, clip, target, unit }: WidgetState,
  network?: string,
): URLSearchParams {
  return new URLSearchParams({
    widget: name,
    ...(network && { network }),
    image: String(image),
    epsilon: String(epsilon),
    steps: String(steps),
    clip: clip ? 'on' : 'off',
    ...(target !== undefined && { target: String(target) }),
    unit,
  });
}

/**
 * Reads the state of a widget from an address's query. What is missing is the build's; what is invalid is
 * replaced and said. A drawing does not travel in an address.
 *
 * @returns the state with what had to be corrected, in words; undefined if the query is about no widget, or about another one
 */
export function parseState(query: URLSearchParams, name: string, built: WidgetState) {
  if (query.get('widget') !== name) return undefined;
  const corrections: string[] = [];
  const read = <T>(key: (typeof names)[number], fallback: T, parse: (text: string) => T | undefined): T => {
    const text = query.get(key);
    if (text === null) return fallback;
    const value = parse(text);
    if (value !== undefined && String(value) === text) return value;
    const used = value ?? fallback;
    corrections.push(`${key} ${text.length > 12 ? `${text.slice(0, 12)}…` : text} → ${String(used)}`);
    return used;
  };
  const target = read<number | 'any'>('target', built.target ?? 'any', (text) =>
    text === 'any' ? text : whole(text, 0, limits.classes - 1),
  );
  const state: WidgetState = {
    image: read('image', built.image, (text) => whole(text, 0, limits.images - 1)),
    epsilon: read('epsilon', built.epsilon, (text) => within(text, 0, limits.epsilon)),
    steps: read('steps', built.steps, (text) => whole(text, 1, limits.steps)),
    clip: read('clip', built.clip ? 'on' : 'off', (text) => oneOf(text, 'on', 'off')) === 'on',
    target: target === 'any' ? undefined : target,
    unit: read('unit', built.unit, (text) => oneOf(text, 'total', 'step')),
  };
  return { state, corrections };
}

/** Address of this page at a widget in a state. */
export function linkTo(name: string, state: WidgetState, anchor: string, network?: string): string {
  const url = new URL(location.href);
  url.search = stateQuery(name, state, network).toString();
  url.hash = anchor;
  return url.href;
}

/**
 * Puts what is shown into the address, or takes it out if it is what the widget begins with; no entry in the history is made.
 * A drawing and a reader's own network do not travel in an address.
 */
export function writeAddress(
  name: string,
  { state, network }: { state: WidgetState; network?: { address?: string | undefined } },
  first: WidgetState,
): void {
  const url = new URL(location.href);
  const query = withoutState(url.searchParams);
  const kept = state.image === 'drawn' ? first : state;
  if (network ? !network.address : sameState(kept, first)) {
    // The address may be about another widget of the page; that one stays.
    if (url.searchParams.get('widget') !== name) return;
  } else {
    for (const [key, value] of stateQuery(name, kept, network?.address)) query.set(key, value);
  }
  url.search = query.toString();
  history.replaceState(history.state, '', url);
}

/** Whether two states ask for the same computation; the unit only says how it is shown. */
export function sameAttack(a: WidgetState, b: WidgetState): boolean {
  return (['image', 'epsilon', 'steps', 'clip', 'target'] as const).every((name) => a[name] === b[name]);
}

export function sameState(a: WidgetState, b: WidgetState): boolean {
  return sameAttack(a, b) && a.unit === b.unit;
}

/** Query of an address without what describes a widget. */
export function withoutState(query: URLSearchParams): URLSearchParams {
  const rest = new URLSearchParams(query);
  for (const name of ['widget', 'network', ...names]) rest.delete(name);
  return rest;
}

function within(text: string, low: number, high: number): number | undefined {
  const value = Number(text);
  return text.trim() === '' || !Number.isFinite(value) ? undefined : Math.min(high, Math.max(low, value)) + 0;
}

function whole(text: string, low: number, high: number): number | undefined {
  const value = within(text, low, high);
  return value === undefined ? undefined : Math.round(value) + 0;
}

function oneOf<T extends string>(text: string, ...choices: T[]): T | undefined {
  return choices.find((choice) => choice === text);
}
