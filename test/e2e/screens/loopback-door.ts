// The loopback door in a process of its own, and a browser window at it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { latenessModule, lateAnswersMs } from '../../support/paces.ts';

const program = fileURLToPath(new URL('../../../src-main/serve.ts', import.meta.url));

export type LoopbackDoor = { url: string; processId: number; close: () => Promise<void> };

/**
 * Opens a workspace for browsers. Settings stay inside it, where the command line of the tests looks for them too.
 * @param clockAheadMs How far the clock of this door alone is ahead of everybody else's.
 * @param environment What its process finds besides.
 */
export async function openLoopbackDoor(
  workspace: string,
  clockAheadMs = 0,
  environment: Readonly<Record<string, string>> = {},
): Promise<LoopbackDoor> {
  const clock = `const now = Date.now; Date.now = () => now() + ${clockAheadMs};`;
  const before = [
    ...(clockAheadMs === 0 ? [] : imported(clock)),
    ...(lateAnswersMs === 0 ? [] : imported(latenessModule())),
  ];
  const door = spawn(process.execPath, [...before, program, '--workspace', workspace, '--port', '0'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: workspace,
      XDG_CONFIG_HOME: join(workspace, 'settings'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(door, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    door.stdout.on('data', (chunk) => resolve(String(chunk).trim()));
    closed.then(() => reject(new Error('The door closed before it opened.')), reject);
  });
  if (door.pid === undefined) throw new Error('The door has no process.');
  return {
    url,
    processId: door.pid,
    close: async () => {
      door.kill('SIGTERM');
      await closed;
    },
  };
}

const imported = (module: string) => ['--import', `data:text/javascript,${encodeURIComponent(module)}`];

export type WatchedPage = {
  context: BrowserContext;
  page: Page;
  /** What the window reported: uncaught errors, console errors and warnings, violated policies. */
  complaints: string[];
};

/** A window that follows the system’s theme and times of day; whatever it complains about is collected. */
export async function openWindow(
  browser: Browser,
  url: string,
  viewport = { width: 1440, height: 900 },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  return { context, page, complaints };
}
