// A campaign from its definition to its close, on a real database, through the procedures every door has.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../src-shared/model/campaign.ts';
import { campaignItem } from '../../../src-shared/model/campaign.ts';
import type { CampaignStatus } from '../../../src-shared/model/campaign-view.ts';
import { canonicalJson } from '../../../src-main/evidence/entry-hash.ts';
import { actAs, makeDefinition, type people } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, sampleDatabase, type SampleDatabase, type Station } from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
  await database.owner.query(`
    CREATE TABLE entitlement (account text, role text, kind text, boss text, admin boolean, in_use boolean, last_used timestamptz);
    INSERT INTO entitlement
      SELECT 'person-' || n, CASE WHEN n % 4 = 0 THEN 'admin' ELSE 'reader' END, 'user', CASE n % 3 WHEN 0 THEN 'otto@example.org' WHEN 1 THEN 'rita' END,
             n % 4 = 0, true, now() - n * interval '1 day'
      FROM generate_series(1, 40) AS n;
    INSERT INTO entitlement VALUES ('rita@example.org', 'reader', 'user', 'rita', false, true, now());
    GRANT SELECT ON entitlement TO PUBLIC;`);
});

const definition = (changes: Partial<CampaignDefinition> = {}): CampaignDefinition =>
  makeDefinition({
    scope: {
      from: 'table',
      schema: 'public',
      table: 'entitlement',
      columns: {
        subject: 'account',
        entitlement: 'role',
        subjectType: 'kind',
        manager: 'boss',
        privileged: 'admin',
        active: 'in_use',
        lastUsedAt: 'last_used',
      },
      filters: [],
    },
    stages: [{ name: 'managers', reviewer: { by: 'manager' }, fallback: 'otto' }],
    ...changes,
  });

async function stationOf(who: keyof typeof people): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url: database.ownerUrl, zone: 'Europe/Berlin' });
  await be(station, who);
  return station;
}

/** The review table of the sample holds UUIDs alone; campaigns need no review table. */
const be = async (station: Station, who: keyof typeof people) => actAs(station.ledger, who);

async function opened(station: Station, changes: Partial<CampaignDefinition> = {}): Promise<CampaignStatus> {
  const { id } = await station.call.campaigns.define({ definition: definition(changes) });
  await station.finish(station.call.campaigns.open({ id }));
  return station.call.campaigns.get({ id });
}

const frozenOf = (station: Station, id: string) => join(station.folder, 'campaigns', id, 'population.jsonl');

describe('opening', () => {
  test('freezes what the table holds: canonical lines, hashed, for its owner alone', async () => {
    const station = await stationOf('olga');
    const { id, ipe, counts, state, opening } = await opened(station);
    const path = frozenOf(station, id);
    const text = readFileSync(path, 'utf8');
    const items = text
      .trimEnd()
      .split('\n')
      .map((line) => campaignItem.parse(JSON.parse(line)));
    expect(text).toBe(items.map((item) => `${canonicalJson(item)}\n`).join(''));
    expect(ipe?.sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect(ipe?.keysSha256).toBe(
      createHash('sha256')
        .update(items.map(({ key }) => `${key}\n`).join(''))
        .digest('hex'),
    );
    const keysRecipe = `sed -E 's/.*"key":"([0-9a-f]{32})".*/\\1/' "$0" | LC_ALL=C sort | sha256sum`;
    expect(execFileSync('sh', ['-c', keysRecipe, path], { encoding: 'utf8' }).slice(0, 64)).toBe(
      ipe?.keysSha256,
    );
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect({ state, items: counts.items, rows: ipe?.rows, counted: ipe?.countedRows }).toEqual({
      state: 'open',
      items: 41,
      rows: 41,
      counted: 41,
    });
    expect(opening?.privileged).toEqual({ yes: 10, unknown: 0 });
    expect(opening?.difference).toBeNull();
    await expect(station.call.campaigns.define({ id, definition: definition() })).rejects.toThrow(
      /opened already/,
    );
  });

  test('compares with the campaign before; what is new is flagged', async () => {
    const station = await stationOf('olga');
    await opened(station);
    await database.owner.query(
      "INSERT INTO entitlement VALUES ('newcomer', 'reader', 'user', 'otto', false, true, now()); DELETE FROM entitlement WHERE account IN ('person-1', 'person-2')",
    );
    const second = await opened(station, { name: 'Fourth quarter' });
    expect(second.opening?.difference).toEqual({ added: 1, removed: 2, unchanged: 39 });
    const page = await station.call.campaigns.items({ id: second.id, flag: 'new' });
    expect(page.items.map(({ subject }) => subject)).toEqual(['newcomer']);
    await database.owner.query(
      "DELETE FROM entitlement WHERE account = 'newcomer'; INSERT INTO entitlement SELECT 'person-' || n, 'reader', 'user', CASE n WHEN 1 THEN 'rita' END, false, true, now() FROM generate_series(1, 2) AS n",
    );
  });

  test('leaves the draft as it was when the table is not there', async () => {
    const station = await stationOf('olga');
    const scope = { ...definition().scope, table: 'nothing' } as CampaignDefinition['scope'];
    const { id } = await station.call.campaigns.define({ definition: definition({ scope }) });
    await expect(station.finish(station.call.campaigns.open({ id }))).rejects.toThrow(/no table or view/);
    expect((await station.call.campaigns.get({ id })).state).toBe('draft');
  });

  test('asks what every entitlement means, unless the owner says why not; that goes on record', async () => {
    const station = await stationOf('olga');
    const { id } = await station.call.campaigns.define({
      definition: definition({ meanings: { reader: 'May look.', admin: ' ' } }),
    });
    await expect(station.finish(station.call.campaigns.open({ id }))).rejects.toThrow(
      /One entitlement of the population \(“admin”\) has no meaning/,
    );
    expect(existsSync(frozenOf(station, id))).toBe(false);
    expect(readdirSync(join(station.folder, 'campaigns', id))).toEqual([]);
    expect((await station.call.campaigns.get({ id })).state).toBe('draft');
    const reason = 'Everybody here knows what it is.';
    await station.finish(station.call.campaigns.open({ id, withoutMeanings: reason }));
    const { opening } = await station.call.campaigns.get({ id });
    expect(opening).toMatchObject({
      withoutMeaning: 10,
      withoutMeanings: { reason, entitlements: 1, named: ['admin'] },
    });
    const { entries } = await station.call.ledger.entries({ type: 'campaign-opened' });
    expect(entries[0]?.saying.map(({ text }) => text).join('')).toContain(reason);
    const explained = await opened(station, { name: 'Explained' });
    expect(explained.opening?.withoutMeanings).toBeUndefined();
  });

  test('is the owner’s; a definition with faults is told in sentences', async () => {
    const station = await stationOf('rita');
    const { id } = await station.call.campaigns.define({ definition: definition() });
    await expect(station.finish(station.call.campaigns.open({ id }))).rejects.toThrow(/Only the owner/);
    const faulty = definition({ approver: 'olga', zone: 'Mars/Olympus', owner: 'olga' });
    const { faults } = await station.call.campaigns.check({ definition: faulty });
    expect(faults).toEqual([expect.stringContaining('zone'), expect.stringContaining('one person')]);
    await expect(station.call.campaigns.define({ definition: faulty })).rejects.toThrow(/one person/);
  });
});

describe('deciding', () => {
  test('is for the reviewer of record, never about oneself, with reasons where they are asked for', async () => {
    const station = await stationOf('olga');
    const { id } = await opened(station);
    await be(station, 'rita');
    const { items } = await station.call.campaigns.items({ id, reviewer: 'rita', limit: 500 });
    expect(items.every(({ acting }) => acting?.id === 'rita')).toBe(true);
    const all = (await station.call.campaigns.items({ id, limit: 500 })).items;
    const own = all.find(({ subject }) => subject === 'rita@example.org')!;
    expect(own).toMatchObject({
      ofRecord: { id: 'otto' },
      because: expect.stringContaining('subject of the item'),
    });
    const decide = (key: string, more = {}) =>
      station.call.campaigns.decide({ id, items: [{ key }], decision: 'certify', ...more });
    await expect(decide(own.key)).rejects.toThrow(/your own/);
    expect(station.ledger.entries().at(-1)?.entry).toMatchObject({
      type: 'self-review-refused',
      payload: { campaign: id, item: own.key },
    });
    const [first] = items;
    const isOwn = async (key: string) => (await station.call.campaigns.item({ id, key })).isOwn;
    expect([await isOwn(own.key), await isOwn(first!.key)]).toEqual([true, false]);
    const privileged = items.find((item) => item.privileged === 'yes')!;
    await expect(decide(privileged.key)).rejects.toThrow(/privileged right needs a reason/);
    const plain = items.find((item) => item.privileged === 'no' && item.suggestion === null)!;
    await expect(decide(plain.key, { items: [{ key: plain.key, shown: 'f'.repeat(64) }] })).rejects.toThrow(
      /as it was shown/,
    );
    const [decided] = await decide(plain.key, {
      items: [{ key: plain.key, shown: plain.digest, standing: null, dwellMs: 900 }],
    });
    expect(decided).toMatchObject({ item: { state: 'decided', outcome: 'certify' } });
    const [corrected] = await decide(plain.key, { decision: 'revoke', reason: 'not needed any more' });
    expect(corrected?.item.outcome).toBe('revoke');
    expect(corrected?.decisions.map(({ decision, stands }) => [decision, stands])).toEqual([
      ['certify', false],
      ['revoke', true],
    ]);
    const others = all.find((item) => item.acting?.id === 'otto' && item.subject !== own.subject)!;
    await expect(decide(others.key)).rejects.toThrow(/Otto Other/);
    await station.call.independence.addAliases({ add: [first!.subject], reason: 'my second account' });
    expect(await isOwn(first!.key)).toBe(true);
  });

  test('takes several only where they are alike and nobody has to look at each', async () => {
    const station = await stationOf('olga');
    const { id } = await opened(station, { dormantDays: 20 });
    await be(station, 'otto');
    const { items } = await station.call.campaigns.items({ id, reviewer: 'otto', limit: 500 });
    const keys = items.map(({ key }) => key);
    const preview = await station.call.campaigns.previewBulk({ id, keys });
    expect(preview.included.length + preview.leftOut.length).toBe(keys.length);
    expect(new Set(preview.leftOut.map(({ why }) => why))).toEqual(new Set(['privileged', 'flagged']));
    const some = preview.included.map((key) => ({ key }));
    await expect(station.call.campaigns.decide({ id, items: some, decision: 'certify' })).rejects.toThrow(
      /needs a reason/,
    );
    await expect(
      station.call.campaigns.decide({
        id,
        items: [...some, { key: preview.leftOut[0]!.key }],
        decision: 'certify',
        reason: 'looked at the list',
      }),
    ).rejects.toThrow(/cannot be decided together/);
    const decided = await station.call.campaigns.decide({
      id,
      items: some,
      decision: 'certify',
      reason: 'looked at the list',
    });
    expect(new Set(decided.map(({ decisions }) => decisions[0]?.batch)).size).toBe(1);
    const open = await station.call.campaigns.items({ id, state: 'open', reviewer: 'otto', limit: 3 });
    expect(open.items).toHaveLength(3);
    const rest = await station.call.campaigns.items({
      id,
      state: 'open',
      reviewer: 'otto',
      limit: 500,
      after: open.next!,
    });
    expect(rest.items.length + 3).toBe(preview.leftOut.length);
  });

  test('stops when the frozen file was changed, and goes on when it is back', async () => {
    const station = await stationOf('olga');
    const { id } = await opened(station);
    const path = frozenOf(station, id);
    const [{ key } = { key: '' }] = (await station.call.campaigns.items({ id, reviewer: 'otto', limit: 1 }))
      .items;
    const before = readFileSync(path);
    await be(station, 'otto');
    const decide = () =>
      station.call.campaigns.decide({ id, items: [{ key }], decision: 'abstain', reason: 'no idea' });
    writeFileSync(path, before.toString('utf8').replace('person-7', 'person-x'));
    await expect(decide()).rejects.toThrow(/frozen population of this campaign is not the one/);
    await expect(station.call.campaigns.items({ id })).rejects.toThrow(/is not the one/);
    appendFileSync(path, '');
    rmSync(path);
    await expect(decide()).rejects.toThrow(/cannot be read/);
    writeFileSync(path, before);
    chmodSync(path, 0o600);
    expect(await decide()).toMatchObject([{ item: { state: 'undecided' } }]);
  });
});

describe('closing', () => {
  test('needs owner and approver, a second word after every change, and a reason while items are open', async () => {
    const station = await stationOf('olga');
    const { id } = await opened(station);
    const { campaigns } = station.call;
    const decideAll = async (who: 'otto' | 'rita') => {
      await be(station, who);
      const { items } = await campaigns.items({ id, reviewer: who, state: 'open', limit: 500 });
      for (const { key } of items)
        await campaigns.decide({ id, items: [{ key }], decision: 'revoke', reason: 'a clean start' });
      return items.length;
    };
    const decided = await decideAll('otto');
    await be(station, 'olga');
    const attest = (role: 'owner' | 'approver') =>
      campaigns.attest({ id, role, statement: 'I looked at it.' });
    await expect(attest('approver')).rejects.toThrow(/Only the approver/);
    await attest('owner');
    await expect(campaigns.close({ id })).rejects.toThrow(/approver has not attested/);
    await be(station, 'adam');
    await attest('approver');
    await expect(campaigns.close({ id })).rejects.toThrow(/closed as incomplete/);
    const rest = await decideAll('rita');
    await be(station, 'adam');
    await expect(campaigns.close({ id })).rejects.toThrow(/changed after the owner attested/);
    await expect(attest('approver')).rejects.toThrow(/changed after the owner attested/);
    await be(station, 'olga');
    await attest('owner');
    await be(station, 'adam');
    await attest('approver');
    expect(await campaigns.close({ id })).toMatchObject({
      state: 'closed',
      counts: { items: 41, revoked: decided + rest, open: 0 },
    });
    await expect(campaigns.close({ id })).rejects.toThrow(/is closed/);
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
  });
});

test('a file that was handed over, and the command line', async () => {
  const station = await stationOf('olga');
  const csv = join(station.folder, 'rights.csv');
  writeFileSync(
    csv,
    '\uFEFFwho,what,group\r\neve,"read, write",a\r\neve,"read, write",a\r\nbob,"say ""hi""",b\r\nsue,nothing,c\r\n',
  );
  const file = join(station.folder, 'definition.json');
  const { scope: _scope, ...rest } = definition();
  writeFileSync(
    file,
    JSON.stringify({
      ...rest,
      stages: [{ name: 'one', reviewer: { by: 'person', person: 'rita' }, fallback: 'otto' }],
      scope: {
        columns: { subject: 'who', entitlement: 'what' },
        filters: [{ column: 'group', is: 'not-equal', values: ['c'], reason: 'leavers' }],
      },
    }),
  );
  const program = async (...args: string[]) => runProgramHere(station.folder, args);
  const checked = await program('campaign', 'define', file, '--csv', csv);
  expect(checked).toMatchObject({ code: 0, json: { faults: [] } });
  const created = await program('campaign', 'create', file, '--csv', csv);
  const { id } = created.json as { id: string };
  const refused = await program('campaign', 'open', id);
  expect(refused).toMatchObject({ code: 1, json: { error: { code: 'refused' } } });
  const listed = await program('campaign', 'entitlements', id);
  expect(listed).toMatchObject({
    code: 1,
    json: {
      distinct: 2,
      missing: 2,
      entitlements: [
        { entitlement: 'read, write', rows: 2, subjects: 1, meaning: null },
        { entitlement: 'say "hi"', rows: 1, subjects: 1, meaning: null },
      ],
    },
  });
  const done = await program('campaign', 'open', id, '--without-meanings', 'Everybody knows them.');
  expect(done).toMatchObject({
    code: 0,
    json: { ipe: { items: 2, rows: 3, countedRows: 3, excluded: [{ rows: 1, reason: 'leavers' }] } },
  });
  const page = await program('campaign', 'items', id, '--flag', 'duplicate');
  expect(page.json).toMatchObject({
    items: [{ subject: 'eve', entitlement: 'read, write', rows: 2, privileged: 'unknown' }],
  });
  const { key } = (page.json as { items: { key: string }[] }).items[0]!;
  expect((await program('campaign', 'decide', id, key, 'revoke', '--reason', 'no')).code).toBe(1);
  expect((await program('campaign', 'close', id)).code).toBe(1);
  expect((await program('campaign', 'nonsense')).code).toBe(2);
  expect((await program('campaign', 'status')).json).toMatchObject([{ id, state: 'open' }]);
  expect(
    createHash('sha256')
      .update(readFileSync(join(station.folder, 'campaigns', id, 'source.csv')))
      .digest('hex'),
  ).toBe(createHash('sha256').update(readFileSync(csv)).digest('hex'));
  writeFileSync(csv, 'who,what,group\r\n');
  const empty = (await program('campaign', 'create', file, '--csv', csv)).json as { id: string };
  const withNothing = await program('campaign', 'open', empty.id);
  expect([withNothing.code, withNothing.stderr]).toEqual([
    1,
    expect.stringContaining('The population is empty'),
  ]);
  expect(
    (await program('campaign', 'open', empty.id, '--empty-because', 'Nobody is left there.')).json,
  ).toMatchObject({
    ipe: { items: 0, reservations: [expect.stringContaining('The population is empty')] },
    opening: { emptyBecause: 'Nobody is left there.' },
  });
});

test('activity of the sample is a population, too', async () => {
  const station = await stationOf('olga');
  const wanted = definition({
    scope: { from: 'activity', actorTypes: [] },
    period: { from: '2026-10-01', to: '2026-10-31' },
  });
  const actions = await station.call.campaigns.entitlements(wanted);
  const { id, ipe, scopeInWords } = await opened(station, {
    scope: wanted.scope,
    period: wanted.period,
    meanings: Object.fromEntries(actions.entitlements.map(({ entitlement }) => [entitlement, 'Does that.'])),
    stages: [{ name: 'one', reviewer: { by: 'round-robin', people: ['rita', 'otto'] }, fallback: 'adam' }],
  });
  expect(ipe?.rows).toBe(ipe?.countedRows);
  expect(ipe?.rows).toBeGreaterThan(1000);
  expect(actions.entitlements.reduce((sum, { rows }) => sum + rows, 0)).toBe(ipe?.rows);
  expect(scopeInWords[0]).toContain('2026-10-01 to 2026-10-31');
  const { items } = await station.call.campaigns.items({ id, limit: 500 });
  expect(new Set(items.map(({ acting }) => acting?.id))).toEqual(new Set(['rita', 'otto']));
  expect(items.every(({ usesInPeriod, rows }) => usesInPeriod === rows)).toBe(true);
});
