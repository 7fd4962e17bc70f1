// From nothing to a page that answers: the door’s process, and the first page in a new window.
import type { Browser, Page } from 'playwright-core';
import { openLoopbackDoor, type LoopbackDoor } from '../../e2e/screens/loopback-door.ts';
import { figure, type ScreenFigure } from './figures.ts';
import { installMarks } from './marks.ts';

export type OpenWindow = { door: LoopbackDoor; page: Page; figures: ScreenFigure[] };

/** Interactive is when a key opens what it should: the sheet of keys, over an overview that has its figures. */
export async function startCold(browser: Browser, workspace: string): Promise<OpenWindow> {
  const from = performance.now();
  const door = await openLoopbackDoor(workspace);
  const openedAt = performance.now();
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(120_000);
  await installMarks(page);
  const askedAt = performance.now();
  await page.goto(door.url);
  await page.evaluate(() => marks.paintedWhen(() => document.querySelector('nav a') !== null));
  const shellAt = performance.now();
  await page.evaluate(() => marks.paintedWhen(() => document.querySelectorAll('main h2').length > 2));
  await page.keyboard.press('?');
  await page.evaluate(() => marks.paintedWhen(() => document.querySelector('dialog[open]') !== null));
  const interactiveAt = performance.now();
  await page.keyboard.press('Escape');
  return {
    door,
    page,
    figures: [
      figure('cold start: process of the door, until it says its address', openedAt - from),
      figure('cold start: page asked for, until the shell is painted', shellAt - askedAt),
      figure(
        'cold start: page asked for, until a key is answered over the overview',
        interactiveAt - askedAt,
      ),
      figure('cold start: all of it', openedAt - from + interactiveAt - askedAt),
    ],
  };
}

/** Goes to a screen by its entry in the rail; answers the page’s clock at the click. */
export async function goTo(page: Page, screen: string): Promise<number> {
  await page.keyboard.press('Escape');
  return page.evaluate((address) => {
    const link = document.querySelector<HTMLElement>(`nav a[href="${address}"]`);
    if (link === null) throw new Error(`No entry leads to ${address}.`);
    const at = performance.now();
    link.click();
    return at;
  }, screen);
}
