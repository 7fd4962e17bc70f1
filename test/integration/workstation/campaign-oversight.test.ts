// Beside the decisions of campaigns, on a real database: days put on record and signed, the calendar as a file, and the pack.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { DayReview } from '../../../src-shared/model/daily-review.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { makeDefinition } from '../../support/campaign.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  packFile,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;
beforeAll(async () => {
  database = await sampleDatabase();
});

test('a day is covered, judged, put on record and signed, or refused with what is in the way', async () => {
  const { call, folder } = await preparedStation(database.url);
  const dates = Array.from({ length: 20 }, (_, place) => `2026-11-${String(place + 1).padStart(2, '0')}`);
  const days: DayReview[] = [];
  for (const date of dates) days.push(await call.campaignOversight.day({ date }));
  const seen = days.filter(({ events }) => events > 0);
  expect(seen.length).toBeGreaterThan(5);
  // The sample was read as of midnight of the 16th in UTC: of that day in Berlin one hour is known.
  expect(days[15]?.obstacles).toEqual([
    expect.stringMatching(/^2026-11-16T00:00:00.000Z to .*Nothing was read/),
  ]);
  const quiet = seen.find(({ obstacles }) => obstacles.length === 0)!;
  const busy = seen.find(({ openFindings }) => openFindings > 0)!;
  await expect(call.campaignOversight.recordDay({ date: busy.date, passphrase })).rejects.toThrow(
    /wait for a disposition/,
  );
  const recorded = await call.campaignOversight.recordDay({ date: quiet.date, passphrase });
  expect(recorded.recorded).toMatchObject([{ by: rita.id, isSigned: true, stillHolds: true }]);
  expect(recorded.watermark).toMatchObject({ since: quiet.from, through: quiet.to });
  const [entry] = await call.campaignOversight.days({});
  expect(entry).toMatchObject({
    date: quiet.date,
    statement: quiet.statement,
    sources: [{ reviewedThrough: quiet.to, events: quiet.events }],
  });
  const refused = await runProgramHere(folder, ['campaign', 'daily', busy.date]);
  expect(refused.code).toBe(1);
});

test('a campaign stands in the calendar and, verified, in the pack', async () => {
  const { call, folder, finish } = await preparedStation(database.url);
  const people = [
    { id: rita.id, name: rita.name, email: rita.email },
    { id: 'olga', name: 'Olga Owner', email: null },
    { id: 'adam', name: 'Adam Approver', email: null },
  ];
  const { id } = await call.campaigns.define({
    definition: makeDefinition({
      scope: { from: 'activity', actorTypes: [] },
      period: { from: '2026-11-01', to: '2026-11-15' },
      recurrence: { every: 'quarter', first: '2026-10-01' },
      people,
      owner: rita.id,
      stages: [{ name: 'review', reviewer: { by: 'person', person: rita.id }, fallback: 'olga' }],
    }),
  });
  await finish(call.campaigns.open({ id, withoutMeanings: 'The names of the actions say it.' }));
  const { items } = await call.campaigns.items({ id, limit: 1 });
  await call.campaigns.decide({
    id,
    items: [{ key: items[0]!.key, dwellMs: 9000, opened: ['peers'] }],
    decision: 'revoke',
    reason: 'Unused.',
  });
  expect(await call.campaignOversight.indicators({ id })).toMatchObject([
    { reviewer: rita.id, decisions: 1, openedShare: 1, medianDwellMs: 9000 },
  ]);
  const drawn = await runProgramHere(folder, [
    'campaign',
    'sample',
    id,
    '--purpose',
    'Rights',
    '--frequency',
    'monthly',
  ]);
  expect(drawn).toMatchObject({ code: 0, json: { plan: { size: 3, seedSource: 'population' } } });

  const file = join(folder, 'reviews.ics');
  expect((await runProgramHere(folder, ['campaign', 'calendar', '--days', '400', '--file', file])).code).toBe(
    0,
  );
  const text = readFileSync(file, 'utf8');
  expect(text.match(/^BEGIN:VEVENT\r$/gm)?.length).toBeGreaterThan(3);
  expect(text).toContain(`UID:decisions-${id}@countersign\r\n`);

  const exported = (await finish(call.evidence.export({ passphrase }))) as ExportReport;
  expect(JSON.parse(packFile(exported.file, 'data/campaigns.jsonl'))).toMatchObject({
    campaign: id,
    state: 'open',
    counts: { revoked: 1 },
  });
  const { checks } = await verifyPack(readFileSync(exported.file), { now: new Date().toISOString() });
  expect(checks.find(({ name }) => name === 'campaigns')).toMatchObject({ ok: true });
});
