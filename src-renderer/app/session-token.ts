// Takes the one-time token out of the address bar on first load and keeps it for this tab only.

const storageKey = 'countersign.token';

/** The parts of a window the token passes through. */
export type TokenPlaces = {
  location: { hash: string; pathname: string; search: string };
  history: { state: unknown; replaceState: (state: unknown, unused: string, url: string) => void };
  storage: { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void };
};

/**
 * Returns the token from `#token=…`, else the one kept in this tab, else null. A token in the address is moved to
 * the tab's storage and the fragment removed, so it reaches neither bookmarks nor a shared screen.
 */
export function takeToken({ location, history, storage }: TokenPlaces): string | null {
  const fromHash = new URLSearchParams(location.hash.replace(/^#/, '')).get('token');
  if (fromHash === null || fromHash === '') return storage.getItem(storageKey);
  storage.setItem(storageKey, fromHash);
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return fromHash;
}
