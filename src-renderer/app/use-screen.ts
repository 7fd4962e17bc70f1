// Which screen the address bar names, and how to go to another.
import { useSyncExternalStore } from 'react';
import type { ScreenName } from './routes.ts';
import { addressOf, screenAt } from './routes.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  return () => window.removeEventListener('popstate', changed);
}

export function useScreen(): ScreenName {
  return useSyncExternalStore(subscribe, () => screenAt(window.location.pathname));
}

/** A step in the history, so that “back” returns to the screen before. */
export function goTo(screen: ScreenName): void {
  if (screenAt(window.location.pathname) === screen) return;
  window.history.pushState(null, '', addressOf(screen));
  window.dispatchEvent(new PopStateEvent('popstate'));
}
