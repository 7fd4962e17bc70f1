// Which screen the address bar names, and how to go to another.
import { useEffect, useSyncExternalStore } from 'react';
import type { ScreenName } from './routes.ts';
import { addressOf, restAt, screenAt, sectionAt } from './routes.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('popstate', changed);
  return () => window.removeEventListener('popstate', changed);
}

export function useScreen(): ScreenName {
  return useSyncExternalStore(subscribe, () => screenAt(window.location.pathname));
}

/** What the address names behind the screen; empty where nothing. */
export function useSection(): string {
  return useSyncExternalStore(subscribe, () => sectionAt(window.location.pathname));
}

/** Everything the address names behind the screen, for a screen that has places within places; empty where nothing. */
export function useAddressRest(): string {
  return useSyncExternalStore(subscribe, () => restAt(window.location.pathname));
}

/** Calls a function, which must keep its identity, whenever the person goes to another screen. */
export function useScreenLeft(leave: () => void): void {
  useEffect(() => subscribe(leave), [leave]);
}

/** A step in the history, so that “back” returns to the screen before. */
export function goTo(screen: ScreenName): void {
  if (screenAt(window.location.pathname) === screen) return;
  goToAddress(addressOf(screen));
}

/** The same for a section of a screen. */
export function goToSection(screen: ScreenName, section: string): void {
  const address = `${addressOf(screen)}/${section}`;
  if (window.location.pathname !== address) goToAddress(address);
}

function goToAddress(address: string): void {
  window.history.pushState(null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Goes where the desktop program leads: to what a reminder is about. Called once, at start. */
export function followDesktop({ countersign }: Pick<Window, 'countersign'>): void {
  countersign?.onShowPlace((address) => {
    const { origin, pathname } = new URL(address, window.location.origin);
    if (origin === window.location.origin && pathname !== window.location.pathname) goToAddress(pathname);
  });
}
