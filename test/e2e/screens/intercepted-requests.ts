// Requests of a window that a test answers, drops, or lets go only when it says so.
import type { Page, Route } from 'playwright-core';
import { expect } from 'vitest';

/** Holds what the window asks of one procedure; what comes back lets it go, and everything asked of it later. */
export async function holdAnswers(page: Page, procedure: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await interceptRequests(page, new RegExp(`/${procedure}(?:\\?|$)`), async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

const probe = '/?is-intercepted';

/**
 * Routes requests as `page.route` does, and waits until none gets through any more: the browser says that it intercepts
 * requests a little before its windows know.
 */
export async function interceptRequests(
  page: Page,
  matching: RegExp,
  answer: (route: Route) => unknown,
): Promise<void> {
  await page.route(matching, answer);
  const isProbe = (url: URL) => `${url.pathname}${url.search}` === probe;
  const answerProbe = (route: Route) => route.fulfill({ body: 'intercepted' });
  await page.route(isProbe, answerProbe);
  await expect
    .poll(() => page.evaluate(async (path) => (await fetch(path)).text(), probe))
    .toBe('intercepted');
  await page.unroute(isProbe, answerProbe);
}
