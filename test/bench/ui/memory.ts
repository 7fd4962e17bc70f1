// Resident memory of the door’s process and of a browser’s renderers.
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';

/** Bytes. */
export function residentBytes(processId: number): number {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' });
  return Number(kibibytes.trim()) * 1024;
}

/** Bytes of the largest renderer: the one with the page, beside such that wait to be used. */
export async function rendererBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return Math.max(
    ...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytes(id)),
  );
}
