// Every screen in both themes and at three widths: nothing serious for axe-core, nothing sticks out, no complaint.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { readZip } from '../../support/read-zip.ts';
import { passphrase } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openWindow } from './loopback-door.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let pack: Buffer;
let signers: string;

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
});
afterAll(() => station?.close());

const widths = [1024, 1440, 2560];

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(station.complaints).toEqual([]);
}

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const goSection = (name: string) =>
  page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name })
    .click();
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });

describe('an empty workspace', () => {
  it('welcomes', async () => {
    await page.getByRole('heading', { name: /^Review who did what/ }).waitFor();
    await expectFaultless();
  });

  it('asks for a connection, and says what is missing', async () => {
    await page.getByRole('button', { name: 'Connect to an audit database' }).click();
    await page.getByText('Custom table and columns').click();
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByText('Enter a URL that starts with').waitFor();
    await expectFaultless();
  });

  it('reports what is in the database, with the first rows of a mapping', async () => {
    await page.getByRole('textbox', { name: 'URL' }).fill(station.databaseUrl);
    await page.getByRole('textbox', { name: 'Mapping (JSON)' }).fill(
      JSON.stringify({
        table: 'np_auditlog_events',
        columns: { id: 'id', createdAt: 'created_at', actor: 'actor_user_id', action: 'event_type' },
      }),
    );
    await page.getByRole('button', { name: 'Preview rows' }).click();
    await page.getByRole('region', { name: 'Preview' }).waitFor();
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('list', { name: 'Inspection report' }).waitFor();
    await expectFaultless();
  });

  it('turns away a window without the token', async () => {
    const other = await openWindow(station.browser, new URL('/', station.url).href);
    await other.page.getByRole('heading', { name: 'This window is not signed in' }).waitFor();
    expect(await seriousFaults(other.page)).toEqual([]);
    expect(other.complaints).toEqual([]);
    await other.context.close();
  });
});

describe('a workspace with data', () => {
  beforeAll(async () => {
    await station.fill();
    await station.setReviewer();
    const [first] = (await station.run('reviews', '--status', 'pending')) as { id: string }[];
    await station.run('decide', first!.id, 'revoke', '--reason', 'a reason');
    const exported = (await station.run('export', '--out', `${station.workspace}/pack.zip`)) as {
      file: string;
    };
    pack = readFileSync(exported.file);
    const keys = (await station.run('keys')) as { allowedSigners: string }[];
    signers = keys.map((key) => `${key.allowedSigners}\n`).join('');
    await page.goto(new URL('/', station.url).href);
  });

  it('shows the overview', async () => {
    await page.getByRole('heading', { name: 'Most active' }).waitFor();
    const atRisk = page.getByRole('region', { name: 'Actors at risk' });
    await atRisk.getByRole('listitem').first().waitFor();
    await expectFaultless();
    await atRisk.getByRole('radio', { name: 'Table' }).press('Space');
    await atRisk.getByRole('table', { name: 'Risk history' }).waitFor();
    await expectFaultless();
  });

  it('shows the queue with an item in full', async () => {
    await go('Review queue');
    await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
    await detail()
      .getByRole('heading', { name: /^Within 24 hours/ })
      .waitFor();
    await expectFaultless();
  });

  it('shows an item that was decided, with its history', async () => {
    await page.getByRole('radio', { name: /^Decided here/ }).press('Space');
    await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
    await detail().getByRole('region', { name: 'Decision history' }).waitFor();
    await expectFaultless();
  });

  it('asks for the reason of a decision', async () => {
    await page.keyboard.press('r');
    await dialog('Revoke one item').waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
  });

  it('asks for the reason of a decision on several items', async () => {
    await page.getByRole('radio', { name: /^To decide/ }).press('Space');
    const grid = page.getByRole('grid', { name: 'Review queue' });
    await page.getByRole('searchbox', { name: 'Filter items' }).fill('role_grant');
    const shown = async () => (await grid.getByRole('row').allInnerTexts()).slice(1, 4);
    const narrowed = Array.from({ length: 3 }, () => expect.stringContaining('role_grant'));
    await expect.poll(shown).toEqual(narrowed);
    for (const index of [1, 2, 3]) {
      await grid.getByRole('row').nth(index).getByRole('checkbox').check();
    }
    await page.getByRole('region', { name: 'Selection' }).waitFor();
    await expectFaultless();
    await page
      .getByRole('group', { name: 'Decide together' })
      .getByRole('button', { name: 'Certify' })
      .click();
    await dialog(/^Certify /)
      .getByText('3 items are left out.')
      .waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
  });

  it('shows stories with one open, and a finding of it in full', async () => {
    await go('Findings');
    const tree = page.getByRole('treegrid', { name: 'Findings' });
    const story = tree.getByRole('row', { expanded: false }).first();
    await story.click();
    await detail().getByRole('heading', { name: 'What belongs to it, earliest first' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('row', { expanded: true }).first().waitFor();
    await expectFaultless();
    await page.keyboard.press('ArrowRight');
    await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
    await expectFaultless();
  });

  it('asks for the disposition of a finding', async () => {
    await page.keyboard.press('f');
    await dialog(/say why$/).waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
  });

  it('lists findings one by one, and says what letting one pass would hide', async () => {
    await page.getByRole('radio', { name: 'By finding' }).press('Space');
    await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
    await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
    await expectFaultless();
    await page.keyboard.press('p');
    await dialog('Let pass for a while')
      .getByText(/^It would hide/)
      .waitFor();
    await dialog('Let pass for a while').getByRole('button', { name: 'Let pass' }).click();
    await dialog('Let pass for a while').getByText('Say why this may pass.').waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
  });

  it('shows the heatmap with the events of a cell, and its table', async () => {
    await go('Heatmap');
    const chart = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
    await chart.press('ArrowRight');
    await chart.press('Enter');
    await detail().getByRole('grid', { name: 'Events of the cell' }).waitFor();
    await expectFaultless();
    await page.getByRole('radio', { name: 'Table' }).press('Space');
    await page.getByRole('grid', { name: 'Heatmap as a table' }).waitFor();
    await expectFaultless();
  });

  it('exports evidence', async () => {
    await go('Evidence');
    await page.getByLabel('Passphrase of the signing key').fill('not the passphrase');
    await page.getByRole('button', { name: 'Export pack' }).click();
    await page.getByRole('main').getByRole('alert').waitFor();
    await expectFaultless();
    await page.getByLabel('Passphrase of the signing key').fill(passphrase);
    await page.getByRole('button', { name: 'Export pack' }).click();
    await page.getByRole('region', { name: 'Exported pack' }).waitFor();
    await expectFaultless();
  });

  it.each([
    ['Intact, but the signer is unknown', () => pack, () => ''],
    ['Trusted', () => pack, () => signers],
    ['Tampered', () => changed(pack), () => signers],
    ['Not an evidence pack', () => Buffer.from('nothing of the kind'), () => signers],
  ])('gives the verdict “%s”', async (verdict, file, list) => {
    await choose('Evidence pack (.zip)', 'pack.zip', file());
    await choose('Allowed signers (optional)', 'allowed_signers', Buffer.from(list()));
    await page.getByRole('button', { name: 'Verify pack' }).click();
    await page.getByRole('region', { name: 'Verdict' }).getByText(verdict, { exact: true }).waitFor();
    await expectFaultless();
  });

  it('shows the settings, and edits the privileged actions', async () => {
    await go('Settings');
    await page.getByRole('region', { name: 'Allowed signers line' }).waitFor();
    await expectFaultless();
    await page.getByRole('button', { name: 'Change reviewer' }).click();
    await dialog('Who reviews here?').waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
    await goSection('Detection');
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'One action a line' }).fill('role_grant\nnew.action');
    await expectFaultless();
  });

  it('shows what it looks for, and what a change of that would do', async () => {
    const detection = page.getByRole('region', { name: 'Detection' });
    await detection.locator('summary').filter({ hasText: 'Detectors' }).click();
    await expectFaultless();
    await detection.getByRole('button', { name: 'Change detection' }).click();
    await detection.getByRole('checkbox', { name: /^Unusual count against the last four weeks/ }).uncheck();
    await detection
      .locator('summary')
      .filter({ hasText: /numbers$/ })
      .first()
      .click();
    await detection.getByRole('button', { name: 'Try it out' }).click();
    await detection
      .getByRole('region', { name: 'Dry run' })
      .getByText(/would vanish\.$/)
      .waitFor();
    await expectFaultless();
    await detection.getByRole('button', { name: 'Cancel' }).click();
  });

  it('lists its keys and its commands', async () => {
    await page.getByRole('heading', { name: 'Settings' }).click();
    await page.keyboard.press('?');
    await dialog('Keyboard shortcuts').waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await dialog('Commands').waitFor();
    await expectFaultless();
    await page.keyboard.press('Escape');
  });

  it('reports what became of the decisions it sent', async () => {
    await page.getByRole('button', { name: 'Send decisions' }).click();
    await dialog('Send decisions')
      .getByRole('button', { name: /^Send \d/ })
      .waitFor();
    await expectFaultless();
    await page.keyboard.press('Enter');
    await dialog('Decisions sent').waitFor();
    await expectFaultless();
  });
});

function changed(bytes: Buffer): Buffer {
  return writeZip(new Map(readZip(bytes).files).set('data/decisions.jsonl', Buffer.from('{}\n')));
}

async function choose(label: string, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(label).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}
