// The report as people see it: in a real Chromium, under its own policy, on screen and on paper.
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { launchChromium } from '../../support/chromium.ts';
import { filesOf } from '../../unit/evidence/forge.ts';
import { alice, sampleInput } from '../../unit/evidence/sample-input.ts';

let folder: string;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const requests: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-report-'));
  const path = join(folder, 'report.html');
  const report = filesOf((await buildPack(sampleInput(), alice)).bytes).get('data/report.html');
  writeFileSync(path, report ?? '');
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

test('its own policy lets its style in and nothing else', async () => {
  const border = await page
    .locator('.notice')
    .evaluate((element) => getComputedStyle(element).borderTopStyle);
  expect(border).toBe('solid');
  expect(complaints).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(await page.evaluate(() => document.scripts.length)).toBe(0);
});

test('hostile values are text', async () => {
  const text = await page.locator('section:has(#decisions)').innerText();
  expect(text).toContain('</td><script>alert(1)</script>');
  expect(text).toContain('⟦U+202E⟧gnp');
});

test('chapters can be reached from the contents', async () => {
  const targets = await page
    .locator('nav a')
    .evaluateAll((links) =>
      links.map((link) => document.querySelector(link.getAttribute('href') ?? '')?.tagName),
    );
  expect(targets).toHaveLength(19);
  expect(new Set(targets)).toEqual(new Set(['H2']));
});

test('axe finds no barrier', async () => {
  // The policy forbids scripts in the page, so axe looks at a copy without it.
  const source = readFileSync(join(folder, 'report.html'), 'utf8').replace(/<meta\s+http-equiv[^>]*>/, '');
  const copy = await browser.newPage();
  await copy.setContent(source);
  await copy.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const violations = await copy.evaluate(async () => {
    // @ts-expect-error axe is a global of the script just added.
    const result = await axe.run(document);
    return result.violations.map((violation: { id: string }) => violation.id);
  });
  expect(violations).toEqual([]);
  await copy.close();
});

test('it prints on paper without losing the side', async () => {
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await page.emulateMedia({ media: 'print' });
  // A4 landscape without its margins, at 96 dots an inch.
  await page.setViewportSize({ width: 1009, height: 680 });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
