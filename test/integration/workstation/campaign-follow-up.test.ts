// After the decisions: what an administrator is told does what it says, and a later population shows what became of it.
import { chmodSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../src-shared/model/campaign.ts';
import type { DecisionKind } from '../../../src-shared/model/review.ts';
import { campaignOf } from '../../../src-main/review/campaigns/campaign-state.ts';
import { foldLedger } from '../../../src-main/review/ledger.ts';
import { actAs, makeDefinition } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, sampleDatabase, type SampleDatabase, type Station } from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
  await database.owner.query(
    "CREATE TABLE held (account text, role text, system text, active text, granted timestamptz, called text GENERATED ALWAYS AS ('Name of ' || account) STORED)",
  );
  await database.owner.query('GRANT SELECT ON held TO PUBLIC');
});

/** Names that would do harm if they were not quoted. */
const nasty = [
  "o'hara",
  'back\\slash',
  "'; DROP TABLE held; --",
  'two\nlines',
  'turned\u202eround',
  'quo"te',
];

async function fill(): Promise<void> {
  await database.owner.query('TRUNCATE held');
  for (const account of ['eve', 'frank', ...nasty])
    await database.owner.query(
      "INSERT INTO held VALUES ($1, 'reader', 'crm', 'yes', '2026-01-01T00:00:00Z'), ($1, 'writer', NULL, 'yes', '2026-01-01T00:00:00Z')",
      [account],
    );
  await database.owner.query(
    "INSERT INTO held VALUES ('eve', 'reader', 'crm', 'no', '2026-01-01T00:00:00Z')",
  );
}

const definition = (changes: Partial<CampaignDefinition> = {}): CampaignDefinition =>
  makeDefinition({
    scope: {
      from: 'table',
      schema: 'public',
      table: 'held',
      columns: {
        subject: 'account',
        subjectName: 'called',
        entitlement: 'role',
        resource: 'system',
        grantedAt: 'granted',
      },
      filters: [
        { column: 'active', is: 'equal', values: ['yes'], reason: 'Ended rights are kept for the record.' },
      ],
    },
    ...changes,
  });

async function stationOf(): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url: database.ownerUrl, zone: 'Europe/Berlin' });
  actAs(station.ledger, 'olga');
  return station;
}

async function opened(station: Station, changes: Partial<CampaignDefinition> = {}): Promise<string> {
  actAs(station.ledger, 'olga');
  const { id } = await station.call.campaigns.define({ definition: definition(changes) });
  await station.finish(station.call.campaigns.open({ id, withoutMeanings: 'Not what this is about.' }));
  return id;
}

async function keyOf(station: Station, id: string, subject: string, entitlement = 'reader'): Promise<string> {
  const { items } = await station.call.campaigns.items({ id, limit: 100 });
  return items.find((item) => item.subject === subject && item.entitlement === entitlement)!.key;
}

async function decide(station: Station, id: string, subjects: readonly string[], decision: DecisionKind) {
  actAs(station.ledger, 'rita');
  for (const subject of subjects)
    await station.call.campaigns.decide({
      id,
      decision,
      reason: 'Not needed any more.',
      items: [{ key: await keyOf(station, id, subject) }],
    });
  actAs(station.ledger, 'olga');
}

const recheck = (station: Station, id: string) =>
  station.finish(station.call.campaignFollowUp.recheck({ id }));

const statesOf = async (station: Station, id: string) => {
  const { rows } = await station.call.campaignFollowUp.remediation({ id });
  return Object.fromEntries(rows.map(({ subject, state }) => [subject, state]));
};

describe('remediation and re-check', () => {
  test('the printed SQL removes exactly the rows of the right, whatever they are called', async () => {
    await fill();
    const station = await stationOf();
    const id = await opened(station);
    await decide(station, id, nasty, 'revoke');
    const { rows } = await station.call.campaignFollowUp.remediation({ id });
    expect(rows).toHaveLength(nasty.length);
    for (const { instruction, subject } of rows) {
      expect(instruction).not.toMatch(/[\u202e\r]/u);
      const before = await database.owner.query('SELECT * FROM held');
      await database.owner.query(instruction.slice(instruction.indexOf('--')));
      const after = await database.owner.query('SELECT * FROM held');
      expect(after.rowCount).toBe((before.rowCount ?? 0) - 1);
      const left = await database.owner.query('SELECT role FROM held WHERE account = $1', [subject]);
      expect(left.rows).toEqual([{ role: 'writer' }]);
    }
  });

  test('removed, still there, and granted anew; another re-check and a rebuilt ledger say the same', async () => {
    await fill();
    const station = await stationOf();
    const id = await opened(station);
    await decide(station, id, ['eve', 'frank', "o'hara"], 'revoke');
    await decide(station, id, ['quo"te'], 'certify');
    await database.owner.query(
      "DELETE FROM held WHERE account IN ('eve', 'o''hara') AND role = 'reader' AND active = 'yes'",
    );
    await database.owner.query(
      "UPDATE held SET active = 'yes', granted = '2026-10-30' WHERE account = 'nobody'",
    );
    await recheck(station, id);
    expect(await statesOf(station, id)).toEqual({
      eve: 'verified-removed',
      frank: 'still-present',
      "o'hara": 'verified-removed',
    });
    await database.owner.query("INSERT INTO held VALUES ('eve', 'reader', 'crm', 'yes', '2026-10-30')");
    await database.owner.query("UPDATE held SET granted = '2026-10-31' WHERE account = 'frank'");
    const told = await runProgramHere(station.folder, ['campaign', 'remediation', id]);
    expect(told.json).toMatchObject({ counts: { 'verified-removed': 2, 'still-present': 1 } });
    const still = await runProgramHere(station.folder, [
      'campaign',
      'remediation',
      id,
      '--state',
      'still-present',
    ]);
    expect(still.json).toMatchObject({ matching: 1, rows: [{ subject: 'frank' }] });
    const page = await runProgramHere(station.folder, ['campaign', 'remediation', id, '--limit', '2']);
    const { rows, nextAfter } = page.json as { rows: { item: string }[]; nextAfter: string };
    expect([rows.length, nextAfter]).toEqual([2, rows[1]!.item]);
    const results = await station.call.campaignFollowUp.recheckResults({
      id,
      number: 1,
      finding: 'verified-removed',
    });
    expect(results.rows.map(({ subject }) => subject).toSorted()).toEqual(['eve', "o'hara"]);
    expect(results.recheck.counts).toMatchObject({ 'verified-removed': 2, 'still-present': 1, unknown: 0 });
    await recheck(station, id);
    expect(await statesOf(station, id)).toEqual({
      eve: 're-granted',
      frank: 're-granted',
      "o'hara": 'verified-removed',
    });
    const named = await station.call.campaignFollowUp.remediation({ id, text: 'name of FRANK' });
    expect(named.rows).toMatchObject([{ subject: 'frank', subjectName: 'Name of frank' }]);
    const record = campaignOf(station.ledger.state(), id);
    expect(
      record.rechecks.map(({ number, file, ipe }) => [number, file, ipe.rows === ipe.countedRows]),
    ).toEqual([
      [1, 'recheck-1.jsonl', true],
      [2, 'recheck-2.jsonl', true],
    ]);
    const rebuilt = station.ledger.read(foldLedger);
    expect(campaignOf(rebuilt, id)).toEqual(record);
  });

  test('nothing to re-check, a changed population, or a missing table: nothing is recorded', async () => {
    await fill();
    const station = await stationOf();
    const id = await opened(station);
    await expect(recheck(station, id)).rejects.toThrow(/nothing to re-check/);
    await decide(station, id, ['eve'], 'revoke');
    await database.owner.query('ALTER TABLE held RENAME TO gone');
    await expect(recheck(station, id)).rejects.toThrow(/no table or view/);
    await database.owner.query('ALTER TABLE gone RENAME TO held');
    const path = join(station.folder, 'campaigns', id, 'population.jsonl');
    chmodSync(path, 0o600);
    appendFileSync(path, '\n');
    await expect(recheck(station, id)).rejects.toMatchObject({ code: 'store-damaged' });
    expect(campaignOf(station.ledger.state(), id).rechecks).toEqual([]);
  });

  test('activity that does not come back does not show that a right is gone', async () => {
    const station = await stationOf();
    const id = await opened(station, {
      scope: { from: 'activity', actorTypes: [] },
      period: { from: '2026-10-01', to: '2026-10-31' },
    });
    const { items } = await station.call.campaigns.items({ id, limit: 1 });
    actAs(station.ledger, 'rita');
    await station.call.campaigns.decide({
      id,
      items: [{ key: items[0]!.key }],
      decision: 'revoke',
      reason: 'Not theirs.',
    });
    actAs(station.ledger, 'olga');
    await expect(recheck(station, id)).rejects.toThrow(/no later activity/);
    const later = await station.finish(station.call.campaignFollowUp.recheck({ id, from: '2026-11-20' }));
    expect(later).toMatchObject({ results: [{ state: null }] });
    expect(Object.values(await statesOf(station, id))).toEqual(['open']);
    const again = await station.finish(station.call.campaignFollowUp.recheck({ id, from: '2026-10-01' }));
    expect(again).toMatchObject({ results: [{ state: 'still-present' }] });
  });
});

describe('difference to the campaign before', () => {
  test('is what was granted and taken away in between', async () => {
    await fill();
    const station = await stationOf();
    const first = await opened(station);
    await decide(station, first, ['eve', 'frank'], 'revoke');
    await database.owner.query(
      "DELETE FROM held WHERE account = 'frank'; INSERT INTO held VALUES ('newcomer', 'reader', 'crm', 'yes', now())",
    );
    const second = await opened(station, { name: 'Fourth quarter' });
    const page = await station.call.campaignFollowUp.difference({ id: second });
    expect(page.previous).toBe(first);
    expect(page.counts).toEqual({ new: 1, removed: 2, unchanged: 14 });
    expect(page.wasToGo).toEqual({ removed: 1, unchanged: 1 });
    const decided = page.rows.filter(({ earlier }) => earlier !== null);
    expect(decided).toMatchObject([
      {
        item: { subject: 'frank', entitlement: 'reader' },
        earlier: { decision: 'revoke', reason: 'Not needed any more.' },
      },
    ]);
    expect(page.rows.map(({ kind, item }) => `${kind} ${item.subject}`).toSorted()).toEqual([
      'new newcomer',
      'removed frank',
      'removed frank',
    ]);
    const { added, removed, unchanged } = campaignOf(station.ledger.state(), second).opened!.difference!;
    expect({ new: added, removed, unchanged }).toEqual(page.counts);
    const told = await runProgramHere(station.folder, ['campaign', 'difference', second, '--kind', 'new']);
    expect(told.json).toMatchObject({ rows: [{ kind: 'new', item: { subject: 'newcomer' } }] });
  });
});

describe('a sample of the population', () => {
  test('says of each drawn item what was decided, and whether this reviewer may test it', async () => {
    await fill();
    const station = await stationOf();
    const id = await opened(station);
    await decide(station, id, ['eve', 'frank'], 'revoke');
    const method = { kind: 'judgemental', frequency: 'annual', reason: 'all of them' } as const;
    const { id: sample } = await station.call.campaignOversight.drawSample({
      id,
      purpose: 'all',
      method,
      size: 16,
    });
    const first = await station.call.campaignFollowUp.sampleItems({ id, sample, limit: 10 });
    expect(first.nextAfter).toBe(10);
    const rest = await station.call.campaignFollowUp.sampleItems({ id, sample, after: 10, limit: 10 });
    const items = [...first.items, ...rest.items];
    expect(items.map(({ place }) => place)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(new Set(items.map(({ key }) => key)).size).toBe(16);
    const eve = items.find(({ subject, entitlement }) => subject === 'eve' && entitlement === 'reader');
    expect(eve).toMatchObject({ outcome: 'revoke', decidedBy: 'Rita Reviewer', mayTest: true, result: null });
    actAs(station.ledger, 'rita');
    const asRita = await station.call.campaignFollowUp.sampleItems({ id, sample, limit: 16 });
    expect(
      asRita.items
        .filter(({ mayTest }) => !mayTest)
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual(['eve', 'frank']);
  });
});
