// What is overdue, told by the built desktop program as a notification, and where a click on it leads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { makeDefinition } from '../../support/campaign.ts';
import { launchDesktopProgram } from '../../support/electron-stand-in/launch.ts';
import { openStation, otto, passphrase, rita } from '../../support/station.ts';

const dayMs = 86_400_000;

/** A workspace with a campaign that is overdue for more than a week. */
async function overdueCampaign(workspace: string): Promise<string> {
  const station = await openStation(workspace, () => Date.now() - 20 * dayMs);
  const { call } = station;
  await call.workspace.setReviewer({ ...rita, passphrase });
  const table = join(workspace, 'roles.csv');
  writeFileSync(table, 'account,role\neve,reader\n');
  const { sha256 } = await keepCsv(station, table, 'roles.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  const { id } = await call.campaigns.define({
    definition: makeDefinition({
      scope: { from: 'file', name: 'roles.csv', sha256, columns, filters: [] },
      dueDays: 10,
      people: [rita, otto].map(({ id: person, name, email }) => ({ id: person, name, email })),
      stages: [{ name: 'review', reviewer: { by: 'person', person: otto.id }, fallback: rita.id }],
      owner: rita.id,
      approver: otto.id,
      meanings: { reader: 'May look.' },
    }),
  });
  await station.finish(call.campaigns.open({ id }));
  await station.close();
  return id;
}

test('an overdue campaign is told once, also over a restart, and a click leads to its items', async () => {
  const workspace = mkdtempSync(join(tmpdir(), 'countersign-reminders-'));
  onTestFinished(() => rmSync(workspace, { recursive: true, force: true, maxRetries: 5 }));
  const id = await overdueCampaign(workspace);
  const parameters = [`--workspace=${workspace}`];
  const program = await launchDesktopProgram({ parameters });
  try {
    const told = () => program.evaluate(({ recorded }) => recorded.notifications);
    await expect.poll(told).toEqual([
      {
        title: 'Third quarter',
        body: expect.stringMatching(/^Decisions of “Third quarter” are due: overdue/),
      },
    ]);
    const led = await program.evaluate(async ({ BrowserWindow, Notification }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) throw new Error('There is no window.');
      await window.webContents.page.getByRole('navigation', { name: 'Main' }).waitFor();
      Notification.shown[0]?.emit('click');
      await window.webContents.page.getByRole('heading', { name: 'Third quarter' }).waitFor();
      return { address: window.webContents.getURL(), focused: window.focusCount };
    });
    expect(led).toEqual({ address: `app://bundle/campaigns/${id}/items`, focused: 1 });
  } finally {
    await program.quit();
  }
  const again = await launchDesktopProgram({ parameters });
  try {
    await again.evaluate(async ({ BrowserWindow }) => {
      await BrowserWindow.getAllWindows()[0]
        ?.webContents.page.getByRole('navigation', { name: 'Main' })
        .waitFor();
    });
    expect(await again.evaluate(({ recorded }) => recorded.notifications)).toEqual([]);
  } finally {
    await again.quit();
  }
});
