// Which screen the address bar names, and how to go to another.
import { useEffect, useSyncExternalStore } from 'react';
import type { ScreenName } from './routes.ts';
import { addressOf, screenAt } from './routes.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  return () => window.removeEventListener('popstate', changed);
}

export function useScreen(): ScreenName {
  return useSyncExternalStore(subscribe, () => screenAt(window.location.pathname));
}

/** Calls a function, which must keep its identity, whenever the person goes to another screen. */
export function useScreenLeft(leave: () => void): void {
  useEffect(() => subscribe(leave), [leave]);
}

/** A step in the history, so that “back” returns to the screen before. */
export function goTo(screen: ScreenName): void {
  if (screenAt(window.location.pathname) === screen) return;
  window.history.pushState(null, '', addressOf(screen));
  window.dispatchEvent(new PopStateEvent('popstate'));
}
