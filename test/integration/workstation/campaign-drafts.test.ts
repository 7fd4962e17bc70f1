// Drafts and delegations of campaigns through the procedures and the command line: changed elsewhere, discarded, ended, told in sentences.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../src-shared/model/campaign.ts';
import type { CampaignStatus } from '../../../src-shared/model/campaign-view.ts';
import { actAs, makeDefinition, type people } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, sampleDatabase, type SampleDatabase, type Station } from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
  await database.owner.query(`
    CREATE TABLE entitlement (account text, role text);
    INSERT INTO entitlement VALUES ('eve', 'reader'), ('bob', 'reader');
    GRANT SELECT ON entitlement TO PUBLIC;`);
});

async function stationOf(who: keyof typeof people): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url: database.ownerUrl, zone: 'Europe/Berlin' });
  actAs(station.ledger, who);
  return station;
}

const programIn =
  (station: Station) =>
  (...args: string[]) =>
    runProgramHere(station.folder, args);

function written(station: Station, value: unknown): string {
  const file = join(station.folder, 'definition.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

test('a draft that was changed elsewhere is not overwritten, by the form or by a file', async () => {
  const station = await stationOf('olga');
  const { call } = station;
  const { id, definedAs } = await call.campaigns.define({ definition: makeDefinition() });
  const theirs = await call.campaigns.define({
    id,
    definition: makeDefinition({ dueDays: 7 }),
    basedOn: definedAs.entry,
  });
  const mine = makeDefinition({ dueDays: 21 });
  await expect(
    call.campaigns.define({ id, definition: mine, basedOn: definedAs.entry }),
  ).rejects.toMatchObject({
    message: expect.stringMatching(/not as it was when you began: Olga Owner/),
    data: { code: 'conflict' },
  });
  expect((await call.campaigns.get({ id })).definition.dueDays).toBe(7);
  const program = programIn(station);
  const file = written(station, mine);
  const late = await program('campaign', 'create', file, id, '--based-on', definedAs.entry);
  expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('not as it was when you began')]);
  // By itself it says what stood when it was called.
  expect((await program('campaign', 'create', file, id)).json).toMatchObject({ definition: { dueDays: 21 } });
  expect((await program('campaign', 'create', file, '--based-on', 'x')).code).toBe(2);
  expect(theirs.definedAs.entry).not.toBe(definedAs.entry);
  expect(await call.ledger.rebuild()).toMatchObject({ ok: true });
});

test('a discarded draft is in the list of those only, and stays on record', async () => {
  const station = await stationOf('olga');
  const program = programIn(station);
  const { id } = (await program('campaign', 'create', written(station, makeDefinition())))
    .json as CampaignStatus;
  expect((await program('campaign', 'discard', id)).code).toBe(2);
  expect((await program('campaign', 'discard', id, '--reason', 'Twice.')).json).toMatchObject({
    state: 'discarded',
    discarded: { byName: 'Olga Owner', reason: 'Twice.' },
  });
  expect((await program('campaign', 'status')).json).toEqual([]);
  expect((await program('campaign', 'status', '--discarded')).json).toMatchObject([{ id }]);
  await expect(station.finish(station.call.campaigns.open({ id }))).rejects.toThrow(/discarded/);
  const { entries } = await station.call.ledger.entries({ type: 'campaign-discarded' });
  expect(entries[0]?.saying.map(({ text }) => text).join('')).toContain('Twice.');
  expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
});

test('a delegation is ended on the command line, and a series', async () => {
  const station = await stationOf('olga');
  const { call } = station;
  const program = programIn(station);
  const recurrence = { every: 'month' as const, first: '2026-01-15' };
  const { id } = await call.campaigns.define({ definition: makeDefinition({ recurrence, series: 'own' }) });
  await station.finish(call.campaigns.open({ id }));
  const ends = new Date(Date.now() + 86_400_000).toISOString();
  const span = ['--from', '2026-01-01T00:00:00Z', '--to', ends];
  const delegated = await program('campaign', 'delegate', id, 'rita', 'otto', ...span, '--reason', 'away');
  const [delegation] = (delegated.json as CampaignStatus).delegations;
  expect(Date.parse(delegation!.validFrom)).toBeGreaterThan(Date.now() - 60_000);
  const past = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-01-02T00:00:00Z', '--reason', 'r'];
  expect((await program('campaign', 'delegate', id, 'rita', 'adam', ...past)).stderr).toContain(
    'over already',
  );
  const end = ['campaign', 'delegate', id, '--end', delegation!.entry!, '--reason', 'back'];
  expect((await program(...end)).json).toMatchObject({
    delegations: [{ ended: { meantTo: ends, by: 'olga', reason: 'back' } }],
  });
  expect((await program(...end)).code).toBe(1);
  const expected = async () =>
    (await call.campaignOversight.calendar({ days: 90 })).entries.filter(
      (one) => one.kind === 'open-campaign',
    );
  expect((await expected()).length).toBeGreaterThan(0);
  expect((await program('campaign', 'end-series', id, '--reason', 'Gone.')).json).toMatchObject({
    series: { inWords: 'It is the first of a series.', ended: { reason: 'Gone.' } },
  });
  expect(await expected()).toEqual([]);
  expect(await call.ledger.rebuild()).toMatchObject({ ok: true });
});

test('what is wrong with a definition is told in sentences, also what the database does not hold', async () => {
  const station = await stationOf('olga');
  const program = programIn(station);
  const saysOf = async (value: unknown, ...more: string[]) => {
    const { code, stderr } = await program('campaign', 'define', written(station, value), ...more);
    expect(code).toBe(1);
    return stderr;
  };
  expect(await saysOf({ ...makeDefinition(), dueDays: 0, colour: 'red' })).toMatch(
    /days to decide \(dueDays\) has to be at least 1\..*“colour”, which is not known there/s,
  );
  expect(await saysOf('{ "name": "x",, }')).toMatch(/is not JSON(?!.*Check the path)/s);
  const file = { from: 'file', columns: { subject: 'who', entitlement: 'what' } };
  expect(await saysOf({ ...makeDefinition(), scope: file })).toContain('--csv FILE');
  const faultsOf = async (changes: Partial<CampaignDefinition>) => {
    const { code, json } = await program('campaign', 'define', written(station, makeDefinition(changes)));
    return [code, (json as { faults: string[] }).faults];
  };
  const table = { from: 'table' as const, schema: 'public', filters: [] };
  const columns = { subject: 'account', entitlement: 'right' };
  expect(await faultsOf({ scope: { ...table, table: 'nowhere', columns } })).toEqual([
    1,
    [expect.stringMatching(/no table or view “public.nowhere”/)],
  ]);
  expect(await faultsOf({ scope: { ...table, table: 'entitlement', columns } })).toEqual([
    1,
    [expect.stringMatching(/column “right”.*“entitlement”.*is not in “public.entitlement”/)],
  ]);
  expect(await faultsOf({})).toEqual([0, []]);
  await expect(
    station.call.campaigns.decide({ id: 'C', items: [{ key: ',KEY,' }], decision: 'certify' }),
  ).rejects.toThrow(/has to be the key of an item: 32 digits/);
  await expect(station.call.campaignOversight.day({ date: 'today' })).rejects.toThrow(/has to be a day/);
});
