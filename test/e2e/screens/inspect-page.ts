// What is wrong with the screen on display: for assistive technology, and in its layout.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type ColorScheme = 'light' | 'dark';

export async function useTheme(page: Page, colorScheme: ColorScheme): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
}

/** Serious and critical findings of axe-core, one line each. */
export async function seriousFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

/**
 * Regions whose content sticks out to the side, one line each. Lists and verbatim text may scroll sideways inside their own
 * frame; the page, its panes and its panels may not.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const panes = [
      ...document.querySelectorAll('html, main, nav, header, aside, dialog[open], dialog[open] > div'),
    ];
    const panels = [...document.querySelectorAll('section, article, fieldset, form')].filter(
      (panel) => getComputedStyle(panel).overflowX === 'visible',
    );
    return [...panes, ...panels]
      .filter((region) => region.scrollWidth > region.clientWidth + 1)
      .map((region) => {
        const name = region.getAttribute('aria-label') ?? region.textContent.slice(0, 40);
        return `${region.tagName} “${name}”: ${region.scrollWidth} in ${region.clientWidth}`;
      });
  });
}
