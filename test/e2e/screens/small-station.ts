// A workspace over a small sample, the door to it, and a browser window: what the tests of the screens work with.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Browser, Page } from 'playwright-core';
import { deleteSample } from '../../../src-main/sample/sample.ts';
import { launchChromium } from '../../support/chromium.ts';
import { startPreparedSample } from '../../support/prepared-sample.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { rita, sampleEnd } from '../../support/station.ts';
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

/**
 * Starts everything; the workspace is still empty.
 * @param environment What the process of the door finds besides.
 */
export async function openSmallStation(
  environment: Readonly<Record<string, string>> = {},
): Promise<SmallStation> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-screens-'));
  // The server may run as another user, who has to get through.
  chmodSync(folder, 0o711);
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace, { mode: 0o755 });
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    await Promise.all(undo.map((step) => step()));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return { ...(await open(workspace, undo, environment)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  workspace: string,
  undo: (() => Promise<unknown>)[],
  environment: Readonly<Record<string, string>>,
): Promise<Omit<SmallStation, 'close'>> {
  const directory = join(workspace, 'sample');
  undo.push(() => deleteSample(directory));
  const sample = await startPreparedSample(directory);
  const owner = new Client({ connectionString: sample.ownerUrl });
  // The server may be stopped before this connection ends.
  owner.on('error', () => undefined);
  await owner.connect();
  undo.push(() => owner.end());
  const door = await openLoopbackDoor(workspace, 0, environment);
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
    const { code, json, stderr } = await runProgramHere(workspace, command);
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
