// Answers of the workstation that a window gets only when a test says so.
import type { Page } from 'playwright-core';

/** Holds what the window asks of one procedure; what comes back lets it go, and everything asked of it later. */
export async function holdAnswers(page: Page, procedure: string): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(new RegExp(`/${procedure}(?:\\?|$)`), async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
