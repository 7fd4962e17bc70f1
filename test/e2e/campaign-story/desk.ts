// The workspaces of a campaign’s people: each with a door, a window and files of its own, and nothing shared but what is handed over.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { LedgerPage } from '../../../src-shared/model/ledger.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { passphrase, rita, type Reviewer } from '../../support/station.ts';
import { openLoopbackDoor, openWindow, type WatchedPage } from '../screens/loopback-door.ts';

export const people = {
  olga: { id: '5d0c3f0e-8a1b-4f57-9a34-1f5f0d9c7e21', name: 'Olga Owner', email: 'olga@example.org' },
  rita,
  bert: { id: 'c0f6a7de-52b1-4a0e-8d0c-3b8f2b6a9e10', name: 'Bert Beisteher', email: 'bert@example.org' },
  adam: { id: '2e9b1c75-0b8f-4c65-9b9e-77a1d0c4f5e3', name: 'Adam Approver', email: 'adam@example.org' },
} satisfies Record<string, Reviewer>;

export type Desk = WatchedPage & {
  workspace: string;
  /** Runs a command in the same workspace; rejects when it fails. */
  run: <Json>(...command: string[]) => Promise<Json>;
  /** What the window asked for anywhere but at its own door. */
  left: string[];
  close: () => Promise<void>;
};

/** An empty workspace and a window on it, whose requests to anywhere but its own door are refused and noted. */
export async function openDesk(browser: Browser, folder: string, name: string): Promise<Desk> {
  const workspace = join(folder, name);
  mkdirSync(workspace, { mode: 0o755 });
  const door = await openLoopbackDoor(workspace);
  const window = await openWindow(browser, door.url);
  const left: string[] = [];
  const own = new URL(door.url).origin;
  await window.context.route(
    (address) => !['blob:', 'data:'].includes(address.protocol) && address.origin !== own,
    (route) => {
      left.push(route.request().url());
      return route.abort();
    },
  );
  await window.page.getByRole('navigation', { name: 'Main' }).waitFor();
  return {
    ...window,
    workspace,
    left,
    run: async <Json>(...command: string[]) => {
      const { code, json, stderr } = await runProgramHere(workspace, command);
      if (code !== 0) throw new Error(`countersign ${command.join(' ')} failed: ${stderr}`);
      return json as Json;
    },
    close: door.close,
  };
}

/** What was complained about, but for the answers with which something was refused. */
export const unexpected = ({ complaints }: Desk): string[] =>
  complaints.filter((complaint) => !complaint.includes('Failed to load resource'));

export const region = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole('region', { name, exact: true });

export const section = ({ page }: Desk, name: string): Promise<void> =>
  page
    .getByRole('navigation', { name: /^Sections of the campaign/ })
    .getByRole('link', { name, exact: true })
    .click();

export const screen = ({ page }: Desk, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();

/** Says who reviews, where the window asks for it. Whoever is new gets a key; whoever was here before shows that they are it. */
export async function sayWho({ page }: Desk, { name, id, email }: Reviewer, isNew = true): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Who reviews here?' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Reviewer id').fill(id);
  await dialog.getByLabel('Email (optional)').fill(email);
  const repeated = dialog.getByLabel('Repeat passphrase');
  await (isNew ? repeated.fill(passphrase) : repeated.waitFor({ state: 'detached' }));
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await dialog.getByRole('button', { name: 'Save reviewer' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Sits down at a workspace, where somebody else may have worked before. */
export async function sitDown(desk: Desk, person: Reviewer, isNew = true): Promise<void> {
  await screen(desk, 'Settings');
  await desk.page.getByRole('button', { name: /^(Say who reviews here|Change reviewer)$/ }).click();
  await sayWho(desk, person, isNew);
}

export const openCampaign = ({ page }: Desk, name: string): Promise<void> =>
  page.getByRole('list', { name: 'All campaigns' }).getByRole('link', { name }).click();

/** Entries of one kind in the ledger of a workspace. */
export const countEntries = async ({ run }: Desk, type: string): Promise<number> =>
  (await run<LedgerPage>('ledger', 'entries')).kinds.find((kind) => kind.type === type)?.count ?? 0;

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Saves the file that was just written, and compares it with the hash on the screen. */
export async function save({ page }: Desk, written: Locator, path: string): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    written.getByRole('button', { name: /^Download: / }).click(),
  ]);
  await download.saveAs(path);
  await written.getByText(sha256(path)).first().waitFor();
}

/** The fingerprint of the only key of a workspace, as its owner reads it out on the telephone. */
export async function fingerprintOf({ run }: Desk): Promise<string> {
  const [key] = await run<{ fingerprint: string }[]>('keys');
  return key!.fingerprint;
}
