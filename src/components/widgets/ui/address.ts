// The page's address and the state of a widget.
import { sameState, stateQuery, withoutState, type WidgetState } from '../session/state.ts';

/** Address of this page at a widget in a state. */
export function linkTo(name: string, state: WidgetState, anchor: string): string {
  const url = new URL(location.href);
  url.search = stateQuery(name, state).toString();
  url.hash = anchor;
  return url.href;
}

/** Puts a state into the address, or takes it out if it is the build's; no entry in the history is made. */
export function writeAddress(name: string, state: WidgetState, built: WidgetState): void {
  const url = new URL(location.href);
  const query = withoutState(url.searchParams);
  if (sameState(state, built) || state.image === 'drawn') {
    // The address may be about another widget of the page; that one stays.
    if (url.searchParams.get('widget') !== name) return;
  } else {
    for (const [key, value] of stateQuery(name, state)) query.set(key, value);
  }
  url.search = query.toString();
  history.replaceState(history.state, '', url);
}
