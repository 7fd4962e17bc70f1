// A workspace over a small sample, the door to it, and a browser window: what the tests of the screens work with.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { startSample, stopSample } from '../../../src-main/sample/sample.ts';
import { launchChromium } from '../../support/chromium.ts';
import { rita, runProgram, sampleEnd } from '../../support/station.ts';
import { openLoopbackDoor, openWindow, type WatchedPage } from './loopback-door.ts';

export const zone = 'Europe/Berlin';

export type SmallStation = WatchedPage & {
  browser: Browser;
  workspace: string;
  /** Address of the door, the token included. */
  url: string;
  /** Address of the sample database for a reviewer. */
  databaseUrl: string;
  /** The sample database as its owner. */
  owner: Client;
  /** Runs a command of the command line in the same workspace; rejects when it fails. */
  run: (...command: string[]) => Promise<unknown>;
  /** Connects and refreshes as of the end of the sample. */
  fill: () => Promise<void>;
  /** Says who reviews, without asking in the window, and waits until the window knows. */
  setReviewer: () => Promise<void>;
  close: () => Promise<void>;
};

/** Starts everything; the workspace is still empty. */
export async function openSmallStation(): Promise<SmallStation> {
  const workspace = join(mkdtempSync(join(tmpdir(), 'countersign-screens-')), 'workspace');
  mkdirSync(workspace, { mode: 0o755 });
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    await Promise.all(undo.map((step) => step()));
    rmSync(dirname(workspace), { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await open(workspace, undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  workspace: string,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<SmallStation, 'close'>> {
  const directory = join(workspace, 'sample');
  undo.push(() => stopSample(directory));
  const sample = await startSample({ directory, events: 12_000, actors: 24 });
  const owner = new Client({ connectionString: sample.ownerUrl });
  // The server may be stopped before this connection ends.
  owner.on('error', () => undefined);
  await owner.connect();
  undo.push(() => owner.end());
  const door = await openLoopbackDoor(workspace);
  undo.push(door.close);
  const browser = await launchChromium();
  undo.push(() => browser.close());
  const window = await openWindow(browser, door.url);
  return {
    ...window,
    browser,
    workspace,
    url: door.url,
    databaseUrl: sample.url,
    owner,
    ...commands(workspace, sample.url, window.page),
  };
}

function commands(
  workspace: string,
  databaseUrl: string,
  page: Page,
): Pick<SmallStation, 'run' | 'fill' | 'setReviewer'> {
  const run = async (...command: string[]) => {
    const { code, json, stderr } = await runProgram(workspace, command);
    if (code !== 0) throw new Error(`countersign ${command[0]} failed: ${stderr}`);
    return json;
  };
  return {
    run,
    fill: async () => {
      await run('connect', '--url', databaseUrl, '--zone', zone);
      await run('refresh', '--as-of', sampleEnd);
    },
    setReviewer: async () => {
      await run('reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
      // The window hears of what another door did a few seconds later.
      await page.getByText(rita.name).first().waitFor();
    },
  };
}
