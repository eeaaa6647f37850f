// The page's address and the state of a widget.
import { sameState, stateQuery, withoutState, type WidgetState } from '../session/state.ts';
import type { View } from '../session/view.ts';

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
  { state, network }: Pick<View, 'state' | 'network'>,
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
