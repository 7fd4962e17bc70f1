// The baselines of findings over a sample database, counted again by PostgreSQL.
import { beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { preparedStation, sampleDatabase, sampleEnd, type SampleDatabase } from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 9_000 });
});

/** Hours with events, by how many there were; the sample's connection names hours in Berlin. */
async function activeHours({ actor, action }: Finding, from: string, to: string, localHour: number | null) {
  const { rows } = await database.owner.query<{ events: number; hours: number }>(
    `SELECT events, count(*)::int AS hours FROM (
       SELECT count(*)::int AS events FROM np_auditlog_events
        WHERE actor_user_id = $1 AND ($2 = '' OR event_type = $2) AND created_at >= $3 AND created_at < $4
        GROUP BY date_trunc('hour', created_at)
       HAVING $5::int IS NULL
           OR $5 = extract(hour FROM date_trunc('hour', min(created_at)) AT TIME ZONE 'Europe/Berlin')
              + CASE WHEN extract(isodow FROM date_trunc('hour', min(created_at)) AT TIME ZONE 'Europe/Berlin') > 5 THEN 24 ELSE 0 END
     ) busy GROUP BY events ORDER BY events`,
    [actor, action, from, to, localHour],
  );
  return rows;
}

test('a baseline holds the hours its finding was judged by, each once', async () => {
  const station = await preparedStation(database.url);
  const findings = await station.call.findings.list({});
  const judged = new Map<string, number>();
  for (const finding of findings) {
    const baseline = await station.call.findings.baseline({ id: finding.id });
    if (baseline === null) continue;
    judged.set(finding.detector, (judged.get(finding.detector) ?? 0) + 1);
    expect(baseline.asJudged, finding.id).toBe(true);
    const { alike, counts } = baseline;
    // Clocks were put back in the weeks of the sample, so only what was judged by the wall is counted by it.
    if (finding.detector === 'nb' && finding.evidence['clock'] !== 'wall') continue;
    const cell = alike === null ? null : alike.hourOfDay + (alike.isWeekend ? 24 : 0);
    expect(counts.filter(({ events }) => events > 0)).toEqual(
      await activeHours(finding, baseline.from, baseline.to, cell),
    );
    expect(counts.reduce((sum, { hours }) => sum + hours, 0)).toBe(baseline.hours);
    expect(baseline.observed).toBe(finding.count);
  }
  expect([...judged.keys()].toSorted()).toEqual(['nb', 'z3']);
  expect(judged.size).toBeLessThan(new Set(findings.map(({ detector }) => detector)).size);
  await expect(station.call.findings.baseline({ id: 'finding-unknown' })).rejects.toThrow(/finding/);
});

test('what arrives late in a baseline makes it say that the numbers on record no longer follow from it', async () => {
  const station = await preparedStation(database.url);
  const findings = await station.call.findings.list({});
  const finding = findings.find(({ detector }) => detector === 'z3')!;
  const before = (await station.call.findings.baseline({ id: finding.id }))!;
  await database.owner.query(
    `INSERT INTO np_auditlog_events (id, source_account_id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
     VALUES ('late-in-baseline', $1, $2, 'user', $3, '', '', '', '', '{}', 'info', $4::timestamptz - interval '90 minutes')`,
    [finding.sourceAccount, finding.actor, finding.action, before.to],
  );
  await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
  const after = (await station.call.findings.baseline({ id: finding.id }))!;
  const sum = ({ counts }: typeof before) =>
    counts.reduce((all, { events, hours }) => all + events * hours, 0);
  expect(sum(after)).toBe(sum(before) + 1);
  expect(after.hours).toBe(before.hours);
  expect([before.asJudged, after.asJudged]).toEqual([true, false]);
});
