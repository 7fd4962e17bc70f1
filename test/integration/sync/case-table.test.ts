// What can come between a decision and its row, case by case, on every server there is to try.
import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SyncReport } from '../../../src-shared/model/workspace.ts';
import { parseNotes } from '../../../src-main/source/notes.ts';
import { hasDebianPostgres, startDebianPostgres } from '../../support/debian-postgres.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { openStation, otto, passphrase, rita, type Station } from '../../support/station.ts';
import {
  createAuditDatabase,
  eventTable,
  reviewTable,
  type AuditDatabase,
} from '../source/audit-database.ts';
import { layWire, type Wire } from './wire.ts';

if (!hasDebianPostgres) console.warn('Not run here: the cases on PostgreSQL 15; this machine has none.');

const servers: [string, () => Promise<TestPostgres>][] = [
  ['PostgreSQL 18', startPostgres],
  ...(hasDebianPostgres
    ? [['PostgreSQL 15', startDebianPostgres] as [string, typeof startDebianPostgres]]
    : []),
];
const table = 'np_audit_privileged_reviews';
const minute = 60_000;
const rows = `${eventTable}
  INSERT INTO np_auditlog_events (id, actor_user_id, event_type, created_at)
    VALUES ('e1', 'dana', 'user.login', '2026-03-01T08:00:00Z');
  ${reviewTable()}
  INSERT INTO ${table} (id, tenant_id, audit_log_id, action, actor_id, due_at)
    SELECT lpad(g::text, 32, '0')::uuid, '99999999-0000-4000-8000-000000000000', lpad(g::text, 32, 'a')::uuid, 'role_grant',
           '2222abcd-0000-4000-8000-000000000000', '2027-03-01T00:00:00Z'::timestamptz + g * interval '1 minute'
    FROM generate_series(1, 4) g;`;
const review = (number: number) => `00000000-0000-0000-0000-00000000000${number}`;

describe.each(servers)('%s', (_, start) => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await start();
  });
  afterAll(() => postgres?.stop());

  interface Place {
    readonly database: AuditDatabase;
    readonly wire: Wire;
    readonly station: Station;
    readonly url: string;
  }

  /** A workspace connected to a database of its own through a wire, its queue read. */
  async function connected(nowMs?: () => number, sql = rows): Promise<Place> {
    const database = await createAuditDatabase(postgres, sql);
    const wire = await layWire(postgres);
    onTestFinished(() => wire.close());
    const { user, password } = database;
    const url = `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${wire.port}/${database.database}?sslmode=disable`;
    const station = await openStation(undefined, nowMs);
    await station.call.source.connect({ url, zone: 'UTC' });
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.finish(station.call.refresh.start({}));
    // The refresh compared the database with the real clock, in a thread of its own; this compares it with the given one.
    if (nowMs) await station.call.source.connect({ url, zone: 'UTC' });
    return { database, wire, station, url };
  }

  const decide = async (
    { station }: Place,
    number: number,
    decision: 'certify' | 'modify' | 'escalate' = 'certify',
  ) =>
    (
      await station.call.reviews.decide({
        reviews: [{ id: review(number) }],
        decision,
        reason: 'checked against the ticket',
      })
    )[0]!;
  const sync = async ({ station }: Place, request = {}) =>
    (await station.finish(station.call.sync.start({ waitMinutes: 0, ...request }))) as SyncReport;
  const row = async ({ database }: Place, number: number) =>
    (
      await database.admin(`SELECT reviewer_id, reviewed_at, notes FROM ${table} WHERE id = $1`, [
        review(number),
      ])
    )[0];
  const shown = async ({ station }: Place, number: number) =>
    (await station.call.reviews.get({ id: review(number) })).review;
  const entries = ({ station }: Place, type: string) =>
    station.ledger.entries().filter(({ entry }) => entry.type === type);

  test('the connection dies after sending: unknown, then settled by the same decision, sent again', async () => {
    const place = await connected();
    const { id } = await decide(place, 1);
    place.wire.loseAnswers(1);
    await expect(sync(place)).rejects.toThrow(/cannot be applied twice/);
    expect(await shown(place, 1)).toMatchObject({ sync: 'unknown', decisionId: id });
    await expect(place.station.call.reviews.undo({ id: review(1) })).rejects.toThrow(/already been sent/);
    expect(parseNotes(String((await row(place, 1))?.notes))?.decisionId).toBe(id);
    const before = await row(place, 1);
    expect(await sync(place)).toMatchObject({ sent: 1, alreadyMine: 1, applied: 0 });
    expect(await row(place, 1)).toEqual(before);
    expect([entries(place, 'sync-sent').length, entries(place, 'sync-outcome').length]).toEqual([1, 1]);
  });

  test('the same within one sync: it comes back by itself, and says meanwhile what it waits for', async () => {
    const place = await connected();
    await decide(place, 1);
    place.wire.loseAnswers(1);
    place.wire.refuse(1);
    const { jobId } = await place.station.call.sync.start({ waitMinutes: 1 });
    const steps = new Set<string>();
    const looking = setInterval(() => void steps.add(place.station.jobs.get(jobId).step), 1);
    onTestFinished(() => clearInterval(looking));
    expect(await place.station.jobs.wait(jobId)).toMatchObject({ sent: 1, alreadyMine: 1 });
    expect([...steps].join('; ')).toMatch(/does not answer; trying again in \d+ seconds?/);
  });

  test('a batch of which the database takes only a part: one outcome each, the bad row stands alone', async () => {
    const place = await connected();
    await place.database.admin(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.id = '${review(2)}' THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse()`);
    for (const number of [1, 2, 3]) await decide(place, number);
    expect(await sync(place)).toMatchObject({ sent: 3, applied: 2, rejected: 1 });
    expect(await shown(place, 2)).toMatchObject({ sync: 'rejected', status: 'pending' });
    await decide(place, 4);
    expect(await sync(place)).toMatchObject({ sent: 1, applied: 1 });
  });

  const trigger = (place: Place, assignment: string) =>
    place.database.admin(`CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        ${assignment}; RETURN NEW; END $$;
      CREATE TRIGGER tamper BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION tamper()`);
  const conflict = async ({ station }: Place, number: number) => {
    const { conflicts } = await station.call.conflicts.list({ kind: 'review' });
    return conflicts.find((found) => found.kind === 'review' && found.review === review(number)) ?? null;
  };

  test('a trigger leaves the row open: refused in words, never applied, and asked about again', async () => {
    const place = await connected();
    await trigger(place, 'NEW.reviewed_at := NULL');
    const { id } = await decide(place, 1);
    const report = await sync(place);
    expect(report).toMatchObject({
      applied: 0,
      rejected: 1,
      items: [{ decisionId: id, detail: expect.stringMatching(/left the row open/) }],
    });
    expect(await row(place, 1)).toMatchObject({ reviewed_at: null });
    expect(await shown(place, 1)).toMatchObject({ status: 'pending', sync: 'rejected', server: null });
    expect(JSON.stringify(entries(place, 'sync-outcome'))).not.toMatch(/2255|reviewedAtMicroseconds/);
    expect(await sync(place)).toMatchObject({ sent: 0 });
  });

  test.each([
    ['the notes', `NEW.notes := 'rewritten'`],
    ['the reviewer', `NEW.reviewer_id := '${otto.id}'`],
  ])('a trigger puts in %s: not decided here, and a conflict at once', async (_what, assignment) => {
    const place = await connected();
    await trigger(place, assignment);
    await decide(place, 1);
    expect(await sync(place)).toMatchObject({
      applied: 1,
      items: [{ detail: expect.stringMatching(/holds something else/) }],
    });
    expect(await shown(place, 1)).toMatchObject({ status: 'reviewed', sync: 'applied', conflict: true });
    expect(await conflict(place, 1)).toMatchObject({ standing: 'open', cause: 'row-altered' });
    const { history } = await place.station.call.reviews.get({ id: review(1) });
    expect(history[0]!.kinds).toEqual(['decided-elsewhere']);
  });

  const wipe = (place: Place) =>
    place.database.admin(
      `UPDATE ${table} SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE id = $1`,
      [review(1)],
    );

  test('decided, wiped, and decided anew by who was shown it open: that is sent, the earlier one never again', async () => {
    const place = await connected();
    const first = await decide(place, 1);
    await sync(place);
    await decide(place, 1, 'modify');
    await wipe(place);
    // Made while the row was closed for all anybody here knew: a correction, which stays.
    expect(await sync(place)).toMatchObject({ sent: 0 });
    expect(await shown(place, 1)).toMatchObject({ status: 'pending', reopened: true, conflict: true });
    expect(await sync(place)).toMatchObject({ sent: 0 });
    expect(await row(place, 1)).toMatchObject({ reviewed_at: null });
    const anew = await decide(place, 1, 'modify');
    expect(await shown(place, 1)).toMatchObject({ status: 'decided', sync: 'unsent', conflict: true });
    expect(await conflict(place, 1)).toMatchObject({ standing: 'open', cause: 'row-altered', theirs: null });
    expect((await place.station.call.sync.dryRun()).wouldSend).toMatchObject([{ decisionId: anew.id }]);
    expect(await sync(place)).toMatchObject({ sent: 1, applied: 1 });
    expect(parseNotes(String((await row(place, 1))?.notes))?.decisionId).toBe(anew.id);
    expect(await shown(place, 1)).toMatchObject({ status: 'decided', sync: 'applied', conflict: false });
    const { decisions } = await place.station.call.reviews.get({ id: review(1) });
    expect(decisions.map(({ id, sync: state }) => [id === first.id, state])).toEqual([
      [true, 'applied'],
      [false, 'local'],
      [false, 'applied'],
    ]);
  });

  test('somebody was first, was wiped, and the loser decides anew: sent, with the conflict until then', async () => {
    const place = await connected();
    const lost = await decide(place, 1);
    await place.database.admin(
      `UPDATE ${table} SET reviewer_id = $2, reviewed_at = now(), notes = 'seen' WHERE id = $1`,
      [review(1), otto.id],
    );
    expect(await sync(place)).toMatchObject({ superseded: 1 });
    await wipe(place);
    expect(await sync(place)).toMatchObject({ sent: 0 });
    expect(await shown(place, 1)).toMatchObject({ status: 'pending', reopened: true, conflict: true });
    const anew = await decide(place, 1, 'modify');
    expect(await conflict(place, 1)).toMatchObject({
      standing: 'open',
      cause: 'decided-first',
      ours: { id: anew.id, sync: 'unsent' },
      theirs: { reviewer: otto.id, notes: 'seen' },
    });
    expect(await place.station.call.workspace.status()).toMatchObject({ unsent: 1, conflicts: 1 });
    expect(await sync(place)).toMatchObject({ sent: 1, applied: 1 });
    expect(await shown(place, 1)).toMatchObject({ status: 'decided', sync: 'applied', conflict: false });
    const { decisions } = await place.station.call.reviews.get({ id: review(1) });
    expect(decisions.map(({ id, sync: state }) => [id, state])).toEqual([
      [lost.id, 'superseded'],
      [anew.id, 'applied'],
    ]);
  });

  test('the server decided meanwhile: theirs stands, ours is kept beside it', async () => {
    const place = await connected();
    await decide(place, 1);
    await place.database.admin(
      `UPDATE ${table} SET reviewer_id = $2, reviewed_at = now(), notes = 'seen' WHERE id = $1`,
      [review(1), otto.id],
    );
    expect(await sync(place)).toMatchObject({ sent: 1, superseded: 1 });
    expect(await row(place, 1)).toMatchObject({ reviewer_id: otto.id, notes: 'seen' });
    expect(await shown(place, 1)).toMatchObject({
      sync: 'superseded',
      decision: 'certify',
      server: { reviewer: otto.id, notes: 'seen' },
    });
    expect(await sync(place)).toMatchObject({ sent: 0 });
  });

  test.each(['action = $$schema_alter$$', 'audit_log_id = NULL', "due_at = due_at + interval '1 day'"])(
    'the row changed (%s): not decided, and asked about again',
    async (change) => {
      const place = await connected();
      const before = await shown(place, 1);
      await decide(place, 1);
      await place.database.admin(`UPDATE ${table} SET ${change} WHERE id = '${review(1)}'`);
      expect(await sync(place)).toMatchObject({ sent: 1, changed: 1 });
      expect(await row(place, 1)).toMatchObject({ reviewed_at: null });
      expect(await shown(place, 1)).toMatchObject({ sync: 'changed', status: 'pending' });
      const stale = {
        reviews: [{ id: review(1), shown: before.digest }],
        decision: 'certify' as const,
        reason: 'as agreed',
      };
      await expect(place.station.call.reviews.decide(stale)).rejects.toThrow(/changed after it was shown/);
      await decide(place, 1);
      expect(await sync(place)).toMatchObject({ applied: 1 });
    },
  );

  test('the row vanished: not visible, which is not done', async () => {
    const place = await connected();
    await decide(place, 1);
    await place.database.admin(`DELETE FROM ${table} WHERE id = '${review(1)}'`);
    expect(await sync(place)).toMatchObject({ sent: 1, notVisible: 1 });
    expect(await shown(place, 1)).toMatchObject({ sync: 'not-visible', status: 'gone', decision: 'certify' });
  });

  test('the tenant is hidden from this user now: the same', async () => {
    const place = await connected(
      undefined,
      `${rows}
       CREATE TABLE hidden (tenant uuid);
       ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
       CREATE POLICY tenants ON ${table} USING (NOT EXISTS (SELECT 1 FROM hidden h WHERE h.tenant = tenant_id))`,
    );
    await decide(place, 1);
    await place.database.admin(`INSERT INTO hidden VALUES ('99999999-0000-4000-8000-000000000000')`);
    expect(await sync(place)).toMatchObject({ sent: 1, notVisible: 1 });
    expect(await row(place, 1)).toMatchObject({ reviewed_at: null });
  });

  test('two reviewers share the workspace: each decision bears its own', async () => {
    const place = await connected();
    await decide(place, 1);
    await place.station.call.workspace.setReviewer({ ...otto, passphrase });
    await decide(place, 2);
    expect(await sync(place)).toMatchObject({ applied: 2 });
    expect([(await row(place, 1))?.reviewer_id, (await row(place, 2))?.reviewer_id]).toEqual([
      rita.id,
      otto.id,
    ]);
    expect(entries(place, 'decision').map(({ entry }) => entry.actor)).toEqual([rita.id, otto.id]);
  });

  test.each([
    ['behind', -20 * minute],
    ['ahead', 20 * minute],
  ])(
    'this clock is twenty minutes %s: nothing leaves until somebody acknowledges it',
    async (_name, byMs) => {
      const place = await connected(() => Date.now() + byMs);
      await decide(place, 1);
      await expect(sync(place)).rejects.toThrow(/20 minutes.*Nothing was sent/);
      expect(await row(place, 1)).toMatchObject({ reviewed_at: null });
      const { clock } = await place.station.call.workspace.status();
      expect(clock.standing).toBe('held');
      expect((await place.station.call.sync.dryRun()).held.join()).toMatch(/20 minutes/);
      await expect(
        place.station.call.sync.acknowledgeClock({ offsetMs: clock.offsetMs! + 1, reason: 'meant' }),
      ).rejects.toThrow(/compared again/);
      await expect(sync(place, { acknowledgeClock: true })).rejects.toThrow();
      const reason = 'no time server here';
      expect(
        await place.station.call.sync.acknowledgeClock({ offsetMs: clock.offsetMs!, reason }),
      ).toMatchObject({ standing: 'acknowledged' });
      expect(await sync(place)).toMatchObject({ applied: 1 });
      expect(entries(place, 'clock-acknowledged').map(({ entry }) => entry.payload)).toEqual([
        { offsetMs: clock.offsetMs, reason },
      ]);
      expect(Math.abs(entries(place, 'decision')[0]!.entry.offset_ms! + byMs)).toBeLessThan(minute);
      const reviewedAt = (await row(place, 1))?.reviewed_at as Date;
      expect(Math.abs(reviewedAt.getTime() - Date.now())).toBeLessThan(10 * minute);
    },
  );

  test('the clock is five minutes off: a warning, and everything goes on; set back, it is an entry', async () => {
    let byMs = 5 * minute;
    const place = await connected(() => Date.now() + byMs);
    await decide(place, 1);
    expect(await place.station.call.workspace.status()).toMatchObject({ clock: { standing: 'warn' } });
    byMs = 0;
    await decide(place, 2);
    expect(await sync(place)).toMatchObject({ applied: 2 });
    expect(await place.station.call.workspace.status()).toMatchObject({ clock: { standing: 'close' } });
    expect(entries(place, 'clock-jump')).toHaveLength(1);
    expect(Number(entries(place, 'clock-jump')[0]!.entry.payload['backMs'])).toBeGreaterThan(4 * minute);
  });

  test.each([
    ['a column is gone', `ALTER TABLE ${table} DROP notes`],
    ['a column has another type', `ALTER TABLE ${table} ALTER reviewer_id TYPE text`],
    ['a right is gone', `REVOKE UPDATE ON ${table} FROM public, CURRENT_USER`],
  ])('the schema drifted (%s): nothing is sent, every decision is kept', async (name, change) => {
    const place = await connected();
    await decide(place, 1);
    const user = escapeIdentifier(place.database.user);
    await place.database.admin(
      name === 'a right is gone' ? `REVOKE UPDATE (notes) ON ${table} FROM ${user}` : change,
    );
    await expect(sync(place)).rejects.toThrow(/Nothing was sent; every decision is kept/);
    expect(entries(place, 'sync-sent')).toEqual([]);
    expect(await place.station.call.workspace.status()).toMatchObject({ unsent: 1 });
    expect(await place.database.admin(`SELECT 1 FROM ${table} WHERE reviewed_at IS NOT NULL`)).toEqual([]);
  });

  test('columns nobody asked for are no drift', async () => {
    const place = await connected();
    await decide(place, 1);
    await place.database.admin(`ALTER TABLE ${table} ADD ticket text`);
    expect(await sync(place)).toMatchObject({ applied: 1 });
  });

  test('another database under the same name answers: refused, both named, no address told', async () => {
    const place = await connected();
    await decide(place, 1);
    const stranger = await startPostgres({ madeAnew: true });
    onTestFinished(() => stranger.stop());
    const { database, user, password } = place.database;
    await stranger.createDatabase(database);
    await stranger.query(rows, undefined, database);
    const login = escapeIdentifier(user);
    await stranger.query(
      `CREATE ROLE ${login} LOGIN PASSWORD '${password.replaceAll("'", "''")}';
       GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${login};
       GRANT UPDATE (reviewer_id, reviewed_at, notes) ON ${table} TO ${login}`,
      undefined,
      database,
    );
    place.wire.leadTo(stranger);
    const failure = await sync(place).catch((error: unknown) => error);
    const { message } = failure as Error;
    expect(message).toMatch(/not the database the decisions were made for.*Nothing was sent/);
    const named = [...message.matchAll(/the database “([^”]+)” of the cluster whose number ends in (\d+)/g)];
    expect(named.map(([, name]) => name)).toEqual([database, database]);
    expect(new Set(named.map(([, , cluster]) => cluster)).size).toBe(2);
    expect(message).not.toMatch(/127\.0\.0\.1|localhost/);
    expect(
      await stranger.query(`SELECT 1 FROM ${table} WHERE reviewed_at IS NOT NULL`, undefined, database),
    ).toEqual([]);
    place.wire.leadTo(postgres);
    expect(await sync(place)).toMatchObject({ applied: 1 });
  });

  test('a correction after it was applied: kept here, the row stays as it is', async () => {
    const place = await connected();
    const { id } = await decide(place, 1);
    await sync(place);
    await decide(place, 1, 'modify');
    expect(await sync(place)).toMatchObject({ sent: 0 });
    expect(parseNotes(String((await row(place, 1))?.notes))).toMatchObject({
      decisionId: id,
      decision: 'certify',
    });
    expect(await shown(place, 1)).toMatchObject({ decision: 'modify', sync: 'local' });
    const { wouldNotSend } = await place.station.call.sync.dryRun();
    expect(wouldNotSend).toMatchObject([
      { review: review(1), why: expect.stringMatching(/correction is kept here/) },
    ]);
  });

  test('long offline: what to expect is said without the database, and every row gets its own outcome', async () => {
    let nowMs = Date.now();
    const place = await connected(() => nowMs);
    nowMs = Date.parse('2027-06-01T00:00:00Z');
    place.wire.leadTo({ host: '127.0.0.1', port: 1 });
    for (const number of [1, 2, 3]) await decide(place, number);
    await decide(place, 4, 'escalate');
    const preview = await place.station.call.sync.dryRun();
    expect(preview.wouldSend.map(({ review: id, again }) => [id, again])).toEqual(
      [1, 2, 3].map((number) => [review(number), false]),
    );
    for (const { notes, decisionId, expected } of preview.wouldSend) {
      expect(parseNotes(notes)).toMatchObject({ decisionId, decision: 'certify' });
      expect(expected).toMatch(/fell due after the last pull/);
    }
    expect(preview.wouldNotSend).toMatchObject([
      { review: review(4), decision: 'escalate', why: expect.stringMatching(/leaves the row open/) },
    ]);
    await expect(sync(place)).rejects.toThrow();
    await place.database
      .admin(`UPDATE ${table} SET reviewed_at = now(), reviewer_id = '${otto.id}' WHERE id = '${review(1)}';
      DELETE FROM ${table} WHERE id = '${review(2)}'`);
    place.wire.leadTo(postgres);
    nowMs = Date.now();
    expect(await sync(place)).toMatchObject({
      sent: 3,
      superseded: 1,
      notVisible: 1,
      applied: 1,
      warnings: [expect.stringMatching(/last read at .* about 3 items that have fallen due since/)],
    });
    for (const { notes } of preview.wouldSend.slice(2)) expect((await row(place, 3))?.notes).toBe(notes);
  });
});
