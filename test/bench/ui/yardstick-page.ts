// A page without the product, for what it is compared with: a program of its own, bundled, in an empty document.
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { installMarks } from './marks.ts';

/**
 * @param program A module of this folder that puts its functions on the window.
 */
export async function openYardstick(browser: Browser, program: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(180_000);
  await installMarks(page);
  await page.goto('about:blank');
  await page.addScriptTag({ content: await bundled(program) });
  return page;
}

async function bundled(program: string): Promise<string> {
  const entry = fileURLToPath(new URL(program, import.meta.url));
  const outputs = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'yardstick', fileName: 'yardstick' } },
  });
  for (const output of [outputs].flat()) {
    if (!('output' in output)) continue;
    const [chunk] = output.output;
    return chunk.code;
  }
  throw new Error(`Vite made nothing of ${program}.`);
}
