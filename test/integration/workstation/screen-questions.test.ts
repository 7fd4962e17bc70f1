// What the screens ask: context, events, profile, source and queue, over one sample database and counted again by PostgreSQL.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../../src-shared/model/audit-event.ts';
import { requireOneReview } from '../../../src-main/review/one-review.ts';
import {
  preparedStation,
  rita,
  sampleDatabase,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 9_000 });
});

const count = async (sql: string, values: unknown[] = []): Promise<number> => {
  const { rows } = await database.owner.query<{ n: number }>(`SELECT (${sql})::int AS n`, values);
  return rows[0]!.n;
};

/** An open item whose actor has events. */
async function openItem(station: Station) {
  const { items } = await station.call.triage.list({ limit: 10_000 });
  return items.find(({ review }) => review.actor !== null && review.createdAt !== null)!.review;
}

describe('around an item', () => {
  test('its context holds what the database counts', async () => {
    const station = await preparedStation(database.url);
    const item = await openItem(station);
    const found = await station.call.context.review({ id: item.id });
    expect(found).toMatchObject({
      review: item.id,
      actor: item.actor,
      action: item.action,
      at: item.createdAt,
    });
    const { usual, nearby, peers, sla } = found;
    const inDays = `FROM np_auditlog_events WHERE created_at >= $1 AND created_at < $2`;
    const span = [usual.from, usual.to];
    expect(usual.total).toBe(
      await count(`SELECT count(*) ${inDays} AND actor_user_id = $3`, [...span, item.actor]),
    );
    const same = await count(`SELECT count(*) ${inDays} AND actor_user_id = $3 AND event_type = $4`, [
      ...span,
      item.actor,
      item.action,
    ]);
    expect(usual.sameTotal).toBe(same);
    expect(peers.own).toBe(same);
    const sum = (counts: readonly (number | null)[]) =>
      counts.reduce<number>((all, one) => all + (one ?? 0), 0);
    expect(sum(usual.days.map(({ all }) => all))).toBe(usual.total);
    expect(sum(usual.week)).toBe(usual.total);
    expect(sum(usual.sameWeek)).toBe(same);
    expect(usual.days).toHaveLength(90);
    // The sample has eight weeks: what lies before them is a gap and not a zero.
    expect(usual.days[0]!.all).toBeNull();
    const day = await count(
      `SELECT count(*) FROM np_auditlog_events WHERE actor_user_id = $1
         AND (created_at AT TIME ZONE 'Europe/Berlin')::date = $2::date`,
      [item.actor, usual.days.at(-1)!.day],
    );
    expect(usual.days.at(-1)!.all).toBe(day);
    expect(peers.total).toBe(
      await count(`SELECT count(*) ${inDays} AND event_type = $3 AND actor_user_id <> ''`, [
        ...span,
        item.action,
      ]),
    );
    expect(peers.actors).toBe(
      await count(
        `SELECT count(DISTINCT actor_user_id) ${inDays} AND event_type = $3 AND actor_user_id <> ''`,
        [...span, item.action],
      ),
    );
    expect(peers.rank).toBe(
      1 +
        (await count(
          `SELECT count(*) FROM (SELECT 1 ${inDays} AND event_type = $3 AND actor_user_id <> '' GROUP BY actor_user_id HAVING count(*) > $4) x`,
          [...span, item.action, same],
        )),
    );
    expect(nearby.total).toBe(
      await count(
        `SELECT count(*) FROM np_auditlog_events WHERE actor_user_id = $1
           AND created_at >= $2::timestamptz - interval '30 minutes' AND created_at < $2::timestamptz + interval '30 minutes'`,
        [item.actor, item.createdAt],
      ),
    );
    expect(nearby.events.map(({ id }) => id)).toContain(item.auditLogId);
    expect(found.openFindings.every(({ disposition }) => disposition === null)).toBe(true);
    const open = await station.call.findings.list({ status: 'open' });
    const plain = open.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const theirs = plain.filter(
      (finding) => finding.actor === item.actor || finding.entity.value === item.actor,
    );
    expect(found.openFindingsTotal).toBe(theirs.length);
    expect(found.openFindings.map(({ id }) => id).toSorted()).toEqual(theirs.map(({ id }) => id));
    expect(sla).toMatchObject({ zone: 'Europe/Berlin', dueAt: item.dueAt });
    expect(sla.standing === 'overdue').toBe(item.overdue);
    if (item.overdue) expect(sla).toMatchObject({ overdueSince: item.dueAt });
  });

  test('earlier decisions tell what was decided, replaced and taken back; a finding has the same around it', async () => {
    const station = await preparedStation(database.url);
    await station.call.independence.changeFourEyes({ rules: [], reason: 'a team of one' });
    const item = await openItem(station);
    const before = (await station.call.context.review({ id: item.id })).earlier;
    const decide = (decision: 'certify' | 'revoke', reason: string) =>
      station.call.reviews.decide({ reviews: [{ id: item.id }], decision, reason });
    await decide('certify', 'as agreed');
    await decide('revoke', 'on second thought');
    const { earlier, sla } = await station.call.context.review({ id: item.id });
    expect(earlier.total).toBe(before.total + 2);
    expect(earlier.decisions.slice(0, 2)).toMatchObject([
      {
        decision: 'revoke',
        note: 'on second thought',
        superseded: false,
        reviewerName: rita.name,
        origin: 'here',
      },
      { decision: 'certify', note: 'as agreed', superseded: true },
    ]);
    expect(sla).toMatchObject({ standing: 'done', remainingMilliseconds: null });
    await station.call.reviews.undo({ id: item.id });
    const after = (await station.call.context.review({ id: item.id })).earlier;
    expect(
      after.decisions.find(({ decision, review }) => decision === 'revoke' && review === item.id),
    ).toMatchObject({ withdrawn: true });
    // A decision made elsewhere counts once it was read.
    await database.owner.query(
      `UPDATE np_audit_privileged_reviews SET reviewed_at = '2026-11-15T10:00:00Z', reviewer_id = $2, notes = 'fine by me'
        WHERE id = $1`,
      [item.id, rita.id],
    );
    await station.finish(station.call.refresh.start({ asOf: '2026-11-16T00:00:00.000Z' }));
    const read = (await station.call.context.review({ id: item.id })).earlier;
    expect(
      read.decisions.find(({ origin, review }) => origin === 'database' && review === item.id),
    ).toMatchObject({
      decision: null,
      note: 'fine by me',
      reviewer: rita.id,
    });
    await database.owner.query(
      'UPDATE np_audit_privileged_reviews SET reviewed_at = NULL, reviewer_id = NULL, notes = NULL WHERE id = $1',
      [item.id],
    );

    // One by one they are what the queue lists, those whose row vanished and those known from a decision alone as well.
    await database.owner.query(
      'DELETE FROM np_audit_privileged_reviews WHERE id = $1 OR id = (SELECT min(id::text)::uuid FROM np_audit_privileged_reviews)',
      [item.id],
    );
    await station.finish(station.call.refresh.start({ asOf: '2026-11-16T00:00:00.000Z' }));
    const listed = await station.call.reviews.list({});
    expect(listed.filter(({ status }) => status === 'gone').length).toBeGreaterThan(1);
    const now = Date.parse('2026-11-16T00:00:00.000Z') * 1000;
    for (const { conflictStanding: _standing, ...review } of listed)
      expect(requireOneReview(station.cache, station.ledger.state(), review.id, now)).toEqual(review);

    const finding = (await station.call.findings.list({})).find(({ actor }) => actor !== '')!;
    const found = await station.call.context.finding({ id: finding.id });
    expect(found).toMatchObject({ finding: finding.id, actor: finding.actor, action: finding.action });
    expect(found.openFindings.map(({ id }) => id)).toContain(finding.id);
    await expect(station.call.context.review({ id: 'none' })).rejects.toThrow('no such review item');
  });
});

describe('events', () => {
  test('pages and totals are those of the database; while names are masked, nobody is found by name', async () => {
    const station = await preparedStation(database.url);
    const { browser } = station.call;
    const total = await count('SELECT count(*) FROM np_auditlog_events');
    const summary = await browser.summary({ withinMs: 5000 });
    expect(summary).toMatchObject({ total, isExact: true, zone: 'Europe/Berlin', width: '12 hours' });
    expect(summary.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(total);
    const busiest = summary.buckets.toSorted((a, b) => b.count - a.count)[0]!;
    expect(busiest.count).toBe(
      await count('SELECT count(*) FROM np_auditlog_events WHERE created_at >= $1 AND created_at < $2', [
        busiest.start,
        busiest.end,
      ]),
    );
    const filter = { text: 'DOCUMENT', severity: 'info', from: '2026-10-20T00:00:00.000Z' };
    const wanted = await database.owner.query<{ id: string }>(
      `SELECT id FROM np_auditlog_events WHERE severity = 'info' AND created_at >= $1
          AND (event_type || resource_type || resource_id || metadata::text || actor_user_id || user_agent) ILIKE '%document%'
        ORDER BY created_at DESC, id COLLATE "C" DESC`,
      [filter.from],
    );
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page = await browser.events({
        ...filter,
        limit: 700,
        ...(before === undefined ? {} : { before }),
      });
      ids.push(...page.events.map(({ id }: AuditEvent) => id));
      before = page.older ?? undefined;
    } while (before !== undefined);
    expect(ids).toEqual(wanted.rows.map(({ id }) => id));
    const at = '2026-10-28T12:00:00.000Z';
    const jumped = await browser.events({ at, limit: 3 });
    expect(jumped.position).toBe(
      await count('SELECT count(*) FROM np_auditlog_events WHERE created_at > $1', [at]),
    );
    expect(jumped.events[0]!.createdAt <= at).toBe(true);
    const back = await browser.events({ after: jumped.newer!, limit: 2 });
    expect(back.newer).not.toBeNull();
    expect(back.events[1]!.createdAt > at).toBe(true);
    await expect(browser.events({ at, offset: 3 })).rejects.toThrow('several places');
    expect((await browser.events({ outcome: 'failure' })).notMirrored).toEqual(['outcome']);

    const [somebody] = await station.call.activity.topActors({ limit: 1 });
    const byName = { text: somebody!.actor, limit: 1 };
    expect((await station.call.browser.events(byName)).events).toHaveLength(1);
    await station.call.privacy.setMask({ isMasked: true, purpose: 'a look at the figures' });
    const masked = await station.call.browser.events(byName);
    expect(masked.events).toEqual([]);
    expect(masked.searched).not.toContain('actor');
    const [newest] = (await station.call.browser.events({ limit: 1 })).events;
    expect(newest!.actor).toMatch(/^Actor /);
    const own = await station.call.browser.events({ actor: newest!.actor, limit: 1 });
    expect(own.events).toEqual([newest]);
    const { items } = await station.call.triage.list({ limit: 1, text: 'Actor' });
    expect(items).toEqual([]);
  });
});

describe('an actor', () => {
  test('profile and sessions count what the database does', async () => {
    const station = await preparedStation(database.url);
    const [risky] = await station.call.actors.risk({ limit: 1, historyDays: 90 });
    const { actor } = risky!;
    const found = await station.call.profile.get({ actor, firstSeenDays: 14 });
    const own = `FROM np_auditlog_events WHERE actor_user_id = $1`;
    expect(found.events).toBe(await count(`SELECT count(*) ${own}`, [actor]));
    expect(found.risk).toEqual(risky);
    for (const [values, column] of [
      [found.addresses, 'ip_address'],
      [found.actions, 'event_type'],
      [found.targets, 'resource_id'],
    ] as const) {
      expect(values.isMirrored).toBe(true);
      const distinct = await count(`SELECT count(DISTINCT ${column}) ${own} AND ${column} <> ''`, [actor]);
      expect(values.values.length + values.others).toBe(distinct);
      const { value, count: times } = values.values[0]!;
      expect(times).toBe(await count(`SELECT count(*) ${own} AND ${column} = $2`, [actor, value]));
    }
    const news = await count(
      `SELECT count(*) FROM (SELECT min(created_at) AS first ${own} AND ip_address <> '' GROUP BY ip_address) x
        WHERE first >= '2026-11-02T00:00:00Z'`,
      [actor],
    );
    expect(found.firstSeenList.filter(({ kind }) => kind === 'address')).toHaveLength(news);
    const inBaseline = found.baseline.reduce((sum, { events }) => sum + events, 0);
    expect(inBaseline).toBe(found.usual.total);
    for (const { mean, events, hours } of found.baseline) if (hours > 0) expect(mean).toBe(events / hours);
    expect(found.reviewsTotal).toBe(
      await count('SELECT count(*) FROM np_audit_privileged_reviews WHERE actor_id::text = $1', [actor]),
    );
    await expect(station.call.profile.get({ actor: 'nobody at all' })).rejects.toThrow('Nobody of that id');

    const { actor: busiest } = (await station.call.activity.topActors({ limit: 1 }))[0]!;
    const all = await station.call.profile.sessions({ actor: busiest, limit: 1000 });
    const rest = await station.call.profile.sessions({ actor: busiest, limit: 1000, offset: 1000 });
    const sessions = await count(
      `SELECT count(*) FROM (SELECT created_at - lag(created_at) OVER (ORDER BY created_at) AS pause
          FROM np_auditlog_events WHERE actor_user_id = $1) x WHERE pause IS NULL OR pause >= interval '30 minutes'`,
      [busiest],
    );
    expect(all.total).toBe(sessions);
    expect([...all.sessions, ...rest.sessions].reduce((sum, { events }) => sum + events, 0)).toBe(
      await count('SELECT count(*) FROM np_auditlog_events WHERE actor_user_id = $1', [busiest]),
    );
    const long = all.sessions.find(({ events }) => events > 2)!;
    const inside = new Date((Date.parse(long.start) + Date.parse(long.end)) / 2).toISOString();
    const cut = await station.call.profile.sessions({
      actor: busiest,
      from: inside,
      to: new Date(Date.parse(inside) + 1).toISOString(),
    });
    expect(cut.sessions).toEqual([long]);
  });
});

describe('the source', () => {
  test('health and refreshes are told without the database; a drafted mapping changes nothing', async () => {
    const station = await preparedStation(database.url);
    await station.finish(station.call.refresh.start({ asOf: '2026-11-16T00:00:00.000Z' }));
    const { refreshes, total } = await station.call.sources.refreshes({ limit: 1 });
    expect(total).toBe(2);
    const [newest] = refreshes;
    expect(newest).toMatchObject({ replay: true, readBy: 'copy' });
    const stages = newest!.stages!;
    expect(stages.map(({ step }) => step)).toContain('Reading events');
    expect(stages.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(newest!.ms + stages.length);
    const older = await station.call.sources.refreshes({ before: newest!.id });
    expect(older.refreshes).toHaveLength(1);
    expect(older.refreshes[0]!.stages!.find(({ step }) => step === 'Reading events')!.done).toBe(
      older.refreshes[0]!.events,
    );
    await database.stop();
    const health = await station.call.sources.health();
    await database.start();
    expect(health).toMatchObject({
      refreshes: 2,
      mirror: { events: newest!.events, onlyCounts: false },
      readOnly: null,
    });
    expect(health.source!.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    const time = health.source!.events!.columns.find(({ name }) => name === 'created_at')!;
    expect(time).toMatchObject({ type: 'timestamp with time zone', canSelect: true, fields: ['createdAt'] });
    expect(health.source!.events!.columns.find(({ name }) => name === 'metadata')!.fields).toEqual([
      'actorName',
      'metadata',
    ]);
    expect(health.lastContactAt).toBe(newest!.finishedAt);
    expect(health.mirror.bytes).toBeGreaterThan(10_000);

    const entries = (await station.call.workspace.status()).ledgerEntries;
    const columns = {
      id: 'id',
      createdAt: 'created_at',
      actor: 'actor_user_id',
      action: 'event_type',
      ip: 'user_agent',
      severity: 'source_plugin',
      resourceId: 'no_such_column',
      metadata: 'metadata',
      sessionId: { column: 'metadata', jsonKey: 'session_id' },
    };
    const mapping = { schema: 'public', table: 'np_auditlog_events', columns };
    const found = await station.call.sources.previewMapping({ mapping, rows: 3 });
    expect(found).toMatchObject({ table: 'public.np_auditlog_events', isOrdered: true, canRead: true });
    const { events } = await station.call.source.preview({ url: database.url });
    expect(found.rows.map(({ id, createdAt }) => ({ id, createdAt }))).toEqual(
      events.slice(0, 3).map(({ id, createdAt }) => ({ id, createdAt })),
    );
    expect(found.problems.map(({ field, kind }) => `${field} ${kind}`)).toEqual([
      'resourceId no-column',
      'ip not-an-address',
      'severity unknown-severity',
    ]);
    expect(found.columns.find(({ name }) => name === 'created_at')!.fits).toEqual(['createdAt']);
    const broken = await station.call.sources.previewMapping({
      mapping: { ...mapping, columns: { ...columns, createdAt: 'event_type', action: 'no_such_action' } },
      connection: { url: database.url },
    });
    expect(broken).toMatchObject({ isOrdered: false, canRead: false });
    expect(broken.rows.length).toBe(10);
    expect(
      broken.problems.filter(({ isFatal }) => isFatal).map(({ field, kind }) => `${field} ${kind}`),
    ).toEqual(['createdAt wrong-type', 'action no-column']);
    await expect(
      station.call.sources.previewMapping({ mapping: { ...mapping, table: 'nothing_here' } }),
    ).rejects.toThrow('There is no table public.nothing_here');
    expect((await station.call.workspace.status()).ledgerEntries).toBe(entries);
  });
});

describe('the queue', () => {
  test('is the same queue in every order; several are decided as previewed; the pace is unknown until there is one', async () => {
    const station = await preparedStation(database.url);
    const pending = (await station.call.reviews.list({ status: 'pending' })).map(({ id }) => id).toSorted();
    for (const sort of ['urgency', 'due', 'severity', 'surprise'] as const) {
      const list = await station.call.triage.list({ sort, group: 'actor', limit: 10_000 });
      expect(list.items.map(({ review }) => review.id).toSorted()).toEqual(pending);
      for (const group of list.groups) {
        const members = list.items.slice(group.offset, group.offset + group.items);
        expect(members.every((item) => item.group === group.key)).toBe(true);
        expect(members[0]!.review.id).toBe(group.first);
      }
      expect(list.groups.reduce((sum, { items }) => sum + items, 0)).toBe(pending.length);
    }
    const whole = await station.call.triage.list({ limit: 10_000 });
    const somewhere = whole.items[Math.floor(whole.items.length / 2)]!.review.id;
    const page = await station.call.triage.list({ around: somewhere, limit: 5 });
    expect(page.items[2]!.review.id).toBe(somewhere);
    expect(page.items).toEqual(whole.items.slice(page.offset, page.offset + 5));
    expect(whole.progress).toEqual({ decided: 0, total: pending.length });

    const ids = whole.items.map(({ review }) => review.id);
    const preview = await station.call.triage.previewBulk({ ids: [...ids, 'none'], decision: 'certify' });
    expect(preview.included.length + preview.leftOut.length).toBe(ids.length + 1);
    expect(new Set(preview.included.map(({ action }) => action)).size).toBe(1);
    expect(preview.leftOut.find(({ id }) => id === 'none')!.why).toBe('unknown');
    expect(preview.leftOut.some(({ why }) => why === 'other-action')).toBe(true);
    const decided = await station.call.reviews.decide({
      reviews: preview.included.map(({ id, digest, decisionId }) => ({
        id,
        shown: digest,
        standing: decisionId,
      })),
      decision: 'certify',
      reason: 'the monthly run',
    });
    expect(decided).toHaveLength(preview.included.length);
    expect(decided.filter(({ sync }) => sync === 'awaiting-second')).toHaveLength(preview.awaitSecond);

    const { items: left } = await station.call.triage.list({ limit: 6 });
    expect(await station.call.triage.pace()).toMatchObject({
      decisions: 0,
      perActiveMinute: null,
      remainingMinutes: null,
    });
    for (const { review } of left)
      await station.call.reviews.decide({
        reviews: [{ id: review.id, dwellMs: 20_000 }],
        decision: 'certify',
        reason: 'seen',
      });
    const { perActiveMinute, activeMinutes, decisions } = await station.call.triage.pace();
    expect({ perActiveMinute, activeMinutes, decisions }).toEqual({
      perActiveMinute: 3,
      activeMinutes: 2,
      decisions: 6,
    });
  });

  test('drafts and saved views outlive the program, and are no ledger entries', async () => {
    const station = await preparedStation(database.url);
    const { triage, workspace } = station.call;
    const entries = (await workspace.status()).ledgerEntries;
    await triage.keepDraft({ subject: 'review:1', text: 'because of' });
    await triage.keepDraft({ subject: 'review:1', text: 'because of the audit' });
    await triage.keepDraft({ subject: 'review:2', text: 'x' });
    await triage.keepDraft({ subject: 'review:2', text: '' });
    const view = {
      screen: 'queue' as const,
      name: 'late and severe',
      filter: { sort: 'severity', hours: [1, 2] },
    };
    await triage.saveView(view);
    await triage.saveView({ ...view, filter: { sort: 'due' } });
    // What another process would find: nothing is kept in memory.
    const kept = JSON.parse(readFileSync(join(station.folder, 'drafts.json'), 'utf8')) as unknown;
    expect(kept).toMatchObject([{ subject: 'review:1', text: 'because of the audit', reviewer: rita.id }]);
    expect(await triage.drafts()).toEqual(kept);
    expect(await triage.savedViews()).toEqual([{ ...view, filter: { sort: 'due' } }]);
    expect(await triage.forgetView({ screen: 'queue', name: view.name })).toEqual([]);
    expect((await workspace.status()).ledgerEntries).toBe(entries);
    writeFileSync(join(station.folder, 'drafts.json'), '[{');
    await expect(triage.drafts()).rejects.toThrow('cannot be read');
  });
});
