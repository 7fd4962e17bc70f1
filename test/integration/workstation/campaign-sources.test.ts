// What a campaign can be about, on a real database: tables with their columns, files, people, and the definition as a file.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { campaignDefinition } from '../../../src-shared/model/campaign.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { openStation, sampleDatabase, type SampleDatabase, type Station } from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
  await database.owner.query(`
    CREATE TABLE entitlement (account text, role text, secret text);
    GRANT SELECT (account, role) ON entitlement TO PUBLIC;
    CREATE TABLE hidden_table (account text);
    CREATE VIEW "Odd ""view" AS SELECT 1 AS n;
    GRANT SELECT ON "Odd ""view" TO PUBLIC;`);
});

async function connected(): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
  actAs(station.ledger, 'olga');
  return station;
}

test('lists what this login may read, and of it only the columns it may read', async () => {
  const { call } = await connected();
  const { tables, more } = await call.campaignSources.tables();
  const named = tables.map(({ schema, table, kind }) => `${schema}.${table} ${kind}`);
  expect(named).toContain('public.entitlement table');
  expect(named).toContain('public.Odd "view view');
  expect(named).not.toContain('public.hidden_table table');
  expect(more).toBe(false);
  const at = { from: 'table', schema: 'public', table: 'entitlement' } as const;
  expect(await call.campaignSources.columns(at)).toEqual([
    { name: 'account', type: 'text' },
    { name: 'role', type: 'text' },
  ]);
  await expect(call.campaignSources.columns({ ...at, table: 'nothing' })).rejects.toThrow(
    /no table or view “public.nothing”/,
  );
});

test('names the columns of a file that was kept, and refuses one that was not', async () => {
  const { call } = await connected();
  const csv = Buffer.from('who,right\nann,reader\n');
  const { upload } = await call.evidence.beginUpload({ bytes: csv.length });
  await call.evidence.addToUpload({ upload, offset: 0, piece: csv.toString('base64') });
  const { sha256 } = await call.campaigns.keepFile({ upload, name: 'rights.csv' });
  expect(await call.campaignSources.columns({ from: 'file', sha256 })).toEqual([
    { name: 'who', type: null },
    { name: 'right', type: null },
  ]);
  await expect(call.campaignSources.columns({ from: 'file', sha256: '0'.repeat(64) })).rejects.toThrow(
    /not kept in this workspace/,
  );
});

test('knows everybody of earlier campaigns once, as the newest names them', async () => {
  const { call } = await connected();
  await call.campaigns.define({ definition: makeDefinition() });
  const renamed = { ...people.rita, name: 'Rita Renamed' };
  await call.campaigns.define({
    definition: makeDefinition({ people: [renamed, people.olga, people.otto, people.adam] }),
  });
  const known = await call.campaignSources.people();
  expect(known.map(({ name }) => name)).toEqual([
    'Rita Renamed',
    'Olga Owner',
    'Otto Other',
    'Adam Approver',
  ]);
});

test('writes a definition that comes back as it was, for its owner alone', async () => {
  const station = await connected();
  const definition = makeDefinition({ name: 'Ümlaut / “quarter”' });
  const { name } = await station.call.campaignSources.definitionFile({ definition });
  expect(name).toMatch(/^campaign-[a-z0-9-]+-\d{8}T\d{6}Z\.json$/);
  const path = join(station.folder, 'exports', name);
  expect(campaignDefinition.parse(JSON.parse(readFileSync(path, 'utf8')))).toEqual(definition);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
