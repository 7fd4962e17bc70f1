// What stands beside an item of a campaign, over a sample database, counted again by PostgreSQL.
import { beforeAll, describe, expect, test } from 'vitest';
import type { CampaignDefinition } from '../../../src-shared/model/campaign.ts';
import type { CampaignEvidence } from '../../../src-shared/model/campaign-evidence.ts';
import { dateAfter } from '../../../src-shared/time/local-days.ts';
import { actAs, makeDefinition } from '../../support/campaign.ts';
import {
  openStation,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

const period = { from: '2026-10-20', to: '2026-11-20' };

let database: SampleDatabase;
/** Somebody with findings, who did something privileged in the period. */
let actor: string;
let action: string;

beforeAll(async () => {
  database = await sampleDatabase({ events: 9_000 });
  const { rows } = await database.owner.query<{ actor: string; action: string }>(
    `SELECT actor_user_id AS actor, min(event_type) AS action FROM np_auditlog_events
      WHERE event_type = 'role_grant' AND created_at >= '2026-10-21' AND actor_user_id <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  ({ actor, action } = rows[0]!);
  await database.owner.query(`CREATE TABLE entitlement (account text, name text, role text, kind text)`);
  await database.owner.query(
    `INSERT INTO entitlement VALUES ($1, 'Known', $2, 'user'), ($1, 'Known', 'reader', 'user'), ('peer-1', 'First', 'reader', 'user'), ('peer-2', NULL, 'reader', 'user'),
       ('robot', NULL, 'reader', 'service'), ('peer-3', NULL, 'writer', 'user')`,
    [actor, action],
  );
});

async function openedStation(changes: Partial<CampaignDefinition> = {}, refreshes = true) {
  const station = await openStation();
  await station.call.source.connect({ url: database.ownerUrl, zone: 'Europe/Berlin' });
  if (refreshes) await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
  actAs(station.ledger, 'olga');
  const { id } = await station.call.campaigns.define({
    definition: makeDefinition({
      period,
      scope: {
        from: 'table',
        schema: 'public',
        table: 'entitlement',
        columns: { subject: 'account', subjectName: 'name', subjectType: 'kind', entitlement: 'role' },
        filters: [],
      },
      ...changes,
    }),
  });
  await station.finish(station.call.campaigns.open({ id, withoutMeanings: 'a test' }));
  const { items } = await station.call.campaigns.items({ id });
  const keyOf = (subject: string, entitlement: string) =>
    items.find((item) => item.subject === subject && item.entitlement === entitlement)!.key;
  const evidence = (subject: string, entitlement: string) =>
    station.call.campaigns.evidence({ id, key: keyOf(subject, entitlement) });
  return { station, id, keyOf, evidence };
}

const eventsOf = async (where: string) => {
  const { rows } = await database.owner.query<{ day: string; events: number; last: string }>(
    `SELECT to_char(created_at AT TIME ZONE 'Europe/Berlin', 'YYYY-MM-DD') AS day, count(*)::int AS events,
            to_char(max(created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') AS last
       FROM np_auditlog_events WHERE actor_user_id = $1 AND created_at >= '2026-10-20 00:00 Europe/Berlin' AND created_at < $2 AND ${where} GROUP BY 1 ORDER BY 1`,
    [actor, sampleEnd],
  );
  return { rows, total: rows.reduce((sum, { events }) => sum + events, 0), last: rows.at(-1)?.last ?? null };
};

type Known<Part extends keyof CampaignEvidence> = Extract<CampaignEvidence[Part], { isKnown: true }>;

describe('in the workspace that opened the campaign', () => {
  test('tells the use, the peers, the findings and the privileged actions of the period', async () => {
    const { station, evidence } = await openedStation();
    const found = await evidence(actor, action);
    expect(found).toMatchObject({ from: 'here', zone: 'Europe/Berlin' });
    const use = found.use as Known<'use'>;
    const [all, uses] = [await eventsOf('true'), await eventsOf(`event_type = '${action}'`)];
    const daysOf = (counts: readonly (number | null)[]) =>
      counts.flatMap((events, at) => (events ? [{ day: dateAfter(use.firstDay, at), events }] : []));
    expect(use).toMatchObject({ isKnown: true, firstDay: period.from, events: all.total, uses: uses.total });
    expect(daysOf(use.days)).toEqual(all.rows.map(({ day, events }) => ({ day, events })));
    expect(daysOf(use.useDays!)).toEqual(uses.rows.map(({ day, events }) => ({ day, events })));
    expect(use.lastUseAt?.slice(0, 19)).toBe(uses.last);
    expect(use.lastEventAt?.slice(0, 19)).toBe(all.last);
    // The sample ends on the 16th, so the four days after it are a gap and no zeros.
    expect(use.days).toHaveLength(32);
    expect(use.days.slice(-4)).toEqual([null, null, null, null]);
    const listed = await station.call.workspace.privilegedActions();
    const privileged = await eventsOf(`event_type IN (${listed.map((name) => `'${name}'`).join(', ')})`);
    expect(found.privileged).toMatchObject({ isKnown: true, total: privileged.total });
    expect((found.privileged as Known<'privileged'>).lastAt?.slice(0, 19)).toBe(privileged.last);
    const findings = (await station.call.findings.list({})).filter(
      (finding) => finding.actor === actor && finding.start >= '2026-10-19T22:00:00',
    );
    expect(findings.length).toBeGreaterThan(0);
    expect(found.findings).toMatchObject({ isKnown: true, total: findings.length });
    expect((found.findings as Known<'findings'>).findings.map(({ id }) => id).toSorted()).toEqual(
      findings
        .map(({ id }) => id)
        .toSorted()
        .slice(0, 20),
    );
  });

  test('peers are those of the same type with the same right, wherever they hold it', async () => {
    const { evidence } = await openedStation();
    expect((await evidence(actor, 'reader')).peers).toEqual({
      isKnown: true,
      subjectType: 'user',
      subjects: 4,
      holders: 3,
      others: [
        { subject: 'peer-1', subjectName: 'First' },
        { subject: 'peer-2', subjectName: null },
      ],
    });
    expect((await evidence('peer-2', 'reader')).peers).toMatchObject({
      others: [{ subject: actor }, { subject: 'peer-1' }],
    });
    expect((await evidence('robot', 'reader')).peers).toMatchObject({ subjects: 1, holders: 1, others: [] });
  });

  test('unknown stays unknown, and says why', async () => {
    const { evidence } = await openedStation();
    const stranger = await evidence('peer-1', 'reader');
    expect(stranger.use).toMatchObject({
      isKnown: false,
      because: expect.stringContaining('name nobody by the id'),
    });
    expect(stranger.privileged).toMatchObject({ isKnown: false });
    expect(stranger.findings).toMatchObject({ isKnown: true, total: 0 });
    // A right that is no action of the mirror: that there are events tells nothing of its use.
    expect((await evidence(actor, 'reader')).use).toMatchObject({
      isKnown: true,
      uses: null,
      useDays: null,
      lastUseAt: null,
    });
    const before = await openedStation({ period: { from: '2025-01-01', to: '2025-03-31' } });
    expect((await before.evidence(actor, action)).use).toMatchObject({
      isKnown: false,
      because: expect.stringMatching(/from \d{4}-\d\d-\d\d to 2026-11-1\d .*none is of the period/),
    });
    const empty = await openedStation({}, false);
    expect(await empty.evidence(actor, action)).toMatchObject({
      use: { isKnown: false, because: expect.stringContaining('No audit events are mirrored') },
      findings: { isKnown: false },
      peers: { isKnown: true },
    });
  });

  test('what was decided before stands beside it: in an earlier campaign, and in an earlier stage', async () => {
    const stages: CampaignDefinition['stages'] = [
      { name: 'managers', reviewer: { by: 'person', person: 'rita' }, fallback: 'otto' },
      { name: 'owners', reviewer: { by: 'person', person: 'adam' }, fallback: 'otto' },
    ];
    const { station, id, keyOf, evidence } = await openedStation({ stages, policy: 'all-agree' });
    const key = keyOf('peer-1', 'reader');
    actAs(station.ledger, 'rita');
    await decide(station, id, key);
    expect((await evidence('peer-1', 'reader')).stages).toMatchObject([
      { stage: 0, name: 'managers', decision: 'revoke', reviewerName: 'Rita Reviewer', reason: 'left' },
    ]);
    actAs(station.ledger, 'olga');
    const { definition } = await station.call.campaigns.get({ id });
    const next = await station.call.campaigns.define({ definition: { ...definition, name: 'Next' } });
    await station.finish(station.call.campaigns.open({ id: next.id, withoutMeanings: 'a test' }));
    const later = await station.call.campaigns.evidence({ id: next.id, key });
    expect(later.earlier).toMatchObject({
      isKnown: true,
      campaigns: [{ campaign: id, name: 'Third quarter', decision: 'revoke', reason: 'left' }],
      reviews: { total: 0 },
    });
    expect(later.stages).toEqual([]);
    await expect(station.call.campaigns.evidence({ id, key: 'f'.repeat(32) })).rejects.toThrow(
      /no such item/,
    );
  });
});

const decide = (station: Station, id: string, key: string) =>
  station.call.campaigns.decide({ id, items: [{ key }], decision: 'revoke', reason: 'left' });
