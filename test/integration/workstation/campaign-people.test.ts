// People of a campaign in a workspace whose database knows reviewers by other ids: they can act, and nobody else can in their name.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { makeDefinition, people } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  passphrase,
  sampleDatabase,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  // Its column reviewer_id is of the type uuid.
  database = await sampleDatabase();
});

const secrets = { olga: 'only Olga knows it', adam: 'only Adam knows it', rita: 'only Rita knows it' };
type Who = keyof typeof secrets;

const uuid = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;

/** Becomes the reviewer, with whatever of them is changed. */
const be = (station: Station, who: Who, changes: { id?: string; email?: string | null } = {}) =>
  station.call.workspace.setReviewer({ ...people[who], ...changes, passphrase: secrets[who] });

async function definitionIn(station: Station) {
  const csv = join(station.folder, 'rights.csv');
  writeFileSync(csv, 'account,role\neve,reader\n');
  const { name, sha256 } = await keepCsv(station, csv, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  return makeDefinition({ scope: { from: 'file', name, sha256, columns, filters: [] } });
}

/** A campaign whose only item Rita decided and Olga attested, before the workspace was connected; Adam was there once. */
async function attested(emailOfAdam: string | null = people.adam.email): Promise<[Station, string]> {
  const station = await openStation();
  const { campaigns } = station.call;
  await be(station, 'adam', { email: emailOfAdam });
  await be(station, 'olga');
  const { id } = await campaigns.define({ definition: await definitionIn(station) });
  await station.finish(campaigns.open({ id }));
  const [item] = (await campaigns.items({ id, limit: 10 })).items;
  await be(station, 'rita');
  await campaigns.decide({ id, items: [{ key: item!.key }], decision: 'certify', reason: 'In sales.' });
  await be(station, 'olga');
  await campaigns.attest({ id, role: 'owner', statement: 'Seen.' });
  await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
  return [station, id];
}

const approve = ({ call }: Station, id: string) =>
  call.campaigns.attest({ id, role: 'approver', statement: 'Approved.' });

test('a definition is checked for ids the database cannot hold, and can be run all the same', async () => {
  const station = await openStation();
  const definition = await definitionIn(station);
  expect((await station.call.campaigns.check({ definition })).remarks).toEqual([]);
  await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
  const { faults, remarks } = await station.call.campaigns.check({ definition });
  expect(faults).toEqual([]);
  expect(remarks).toHaveLength(4);
  expect(remarks[1]).toMatch(/reviewer id “adam”: its column reviewer_id has the type uuid.*Adam Approver/);
  const file = join(station.folder, 'definition.json');
  writeFileSync(file, JSON.stringify(definition));
  await station.close();
  const told = await runProgramHere(station.folder, ['campaign', 'define', file]);
  expect(told).toMatchObject({ code: 0, json: { faults: [], remarks } });
});

test('somebody of a campaign reviews under their id, also where the database cannot hold it, and is told what that means', async () => {
  const [station, id] = await attested();
  const saved = await be(station, 'adam');
  expect(saved.warnings?.[0]).toMatch(/cannot hold the reviewer id “adam”.*can be sent/);
  expect(saved).not.toHaveProperty('isReplacement');
  await approve(station, id);
  await station.call.campaigns.close({ id });
  expect((await station.call.campaigns.get({ id })).state).toBe('closed');
  // Their key is asked for as ever, and others need an id that fits.
  await be(station, 'olga');
  await expect(
    station.call.workspace.setReviewer({ ...people.adam, passphrase: secrets.rita }),
  ).rejects.toThrow(/does not open/);
  await expect(
    station.call.workspace.setReviewer({ id: 'mallory', name: 'M', email: null, passphrase }),
  ).rejects.toThrow(/cannot hold the reviewer id “mallory”/);
});

test('whose key is lost goes on under the same id with a new one, which is named', async () => {
  const [station, id] = await attested();
  renameSync(join(station.folder, 'keys'), join(station.folder, 'lost'));
  expect(await be(station, 'adam')).toMatchObject({ isReplacement: true });
  await approve(station, id);
  expect(await station.call.workspace.status()).toMatchObject({ keyNotEndorsed: true });
});

test('another id of theirs does as well, with their address and the key that was shown under the first', async () => {
  const [station, id] = await attested();
  const other = { ...people.adam, id: uuid(1) };
  await expect(
    station.call.workspace.setReviewer({ ...other, passphrase: secrets.rita }),
  ).rejects.toMatchObject({ data: { code: 'locked' } });
  const saved = await station.call.workspace.setReviewer({ ...other, passphrase: secrets.adam });
  expect(saved).not.toHaveProperty('warnings');
  await approve(station, id);
  await station.call.campaigns.close({ id });
  expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
  expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
});

test('a first id that never showed a key here leaves an address enough', async () => {
  const station = await openStation();
  await station.call.source.connect({ url: database.url, zone: 'Europe/Berlin' });
  await station.call.workspace.setReviewer({ ...people.olga, id: uuid(2), passphrase: secrets.olga });
  const { id } = await station.call.campaigns.define({ definition: await definitionIn(station) });
  await station.finish(station.call.campaigns.open({ id }));
  expect((await station.call.campaigns.get({ id })).state).toBe('open');
});

test('nobody becomes somebody of a campaign by taking their name or their address', async () => {
  // Adam gave no address here; the campaign knows it.
  const [station, id] = await attested(null);
  await station.call.workspace.setReviewer({
    id: uuid(3),
    name: 'Mallory',
    email: people.adam.email,
    passphrase,
  });
  await expect(approve(station, id)).rejects.toThrow(
    /You are said to be Adam Approver, who has a signing key/,
  );
  const [second, other] = await attested();
  await second.call.workspace.setReviewer({ id: uuid(4), name: 'Mallory', email: null, passphrase });
  const alias = { add: ['adam', 'rita', 'olga'], reason: 'It is me.', isSamePerson: true };
  await second.call.independence.addAliases(alias);
  await expect(approve(second, other)).rejects.toThrow(/nothing shows that|known to be one person/);
  const [third, last] = await attested();
  await third.call.workspace.setReviewer({ id: uuid(5), name: 'Mallory', email: null, passphrase });
  await third.call.independence.addAliases({ ...alias, add: ['rita'] });
  const [item] = (await third.call.campaigns.items({ id: last, limit: 10 })).items;
  await expect(
    third.call.campaigns.decide({
      id: last,
      items: [{ key: item!.key }],
      decision: 'revoke',
      reason: 'I say so.',
    }),
  ).rejects.toThrow(/You are said to be Rita Reviewer/);
  await expect(
    third.call.campaigns.delegate({
      id: last,
      from: 'rita',
      to: 'otto',
      validFrom: '2026-11-01T00:00:00.000Z',
      validTo: '2099-12-01T00:00:00.000Z',
      reason: 'I say so.',
    }),
  ).rejects.toThrow(/Only the reviewer themself/);
});
