// Campaigns and daily reviews in packs of a real workspace: by choice, from every door, verified and printed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import { isPrintOf } from '../../../src-main/evidence/same-print.ts';
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

const people = [
  { id: rita.id, name: rita.name, email: rita.email },
  { id: 'olga', name: 'Olga Owner', email: null },
  { id: 'adam', name: 'Adam Approver', email: null },
];

async function judged(file: string) {
  const { checks, report } = await verifyPack(readFileSync(file), {
    now: new Date().toISOString(),
    isPrintOf,
  });
  const failing = checks.filter(({ ok, name }) => !ok && name !== 'signer');
  return { failing, report, page: packFile(file, 'data/report.html') };
}

test('what a pack holds of campaigns is chosen, previewed, said and verified', async () => {
  const { call, folder, finish } = await preparedStation(database.url);
  const open = async (name: string) => {
    const { id } = await call.campaigns.define({
      definition: makeDefinition({
        name,
        scope: { from: 'activity', actorTypes: [] },
        period: { from: '2026-11-01', to: '2026-11-15' },
        people,
        owner: rita.id,
        stages: [{ name: 'review', reviewer: { by: 'person', person: rita.id }, fallback: 'olga' }],
      }),
    });
    await finish(call.campaigns.open({ id, withoutMeanings: 'The names of the actions say it.' }));
    return id;
  };
  const [first, second] = [await open('First half'), await open('Once more')];
  const { items } = await call.campaigns.items({ id: first, limit: 1 });
  const [item] = items;
  await call.campaigns.decide({
    id: first,
    items: [{ key: item!.key, dwellMs: 9000 }],
    decision: 'revoke',
    reason: 'Unused.',
  });
  const dates = Array.from({ length: 15 }, (_, place) => `2026-11-${String(place + 1).padStart(2, '0')}`);
  for (const date of dates) {
    const { obstacles, events } = await call.campaignOversight.day({ date });
    if (obstacles.length > 0 || events === 0) continue;
    await call.campaignOversight.recordDay({ date, passphrase });
    break;
  }

  const usual = (await finish(call.evidence.export({ passphrase }))) as ExportReport;
  const whole = await judged(usual.file);
  expect(whole).toMatchObject({ failing: [], report: 'drawn-again' });
  expect(whole.page).toContain('Access review 1: First half');
  expect(whole.page).toContain('Unused.');
  expect(whole.page).toMatch(/data-fact="daily-onRecord" value="1"/);
  expect(whole.page).toMatch(/data-fact="daily-1-standing" value="holds"/);

  const named = (id: string) => [expect.objectContaining({ campaign: id })];
  const chosen = { choice: 'chosen' as const, campaigns: [second] };
  expect(await call.evidence.previewCampaigns(chosen)).toEqual({
    packed: named(second),
    leftOut: named(first),
  });
  const out = join(folder, 'chosen.zip');
  expect((await runProgramHere(folder, ['export', '--out', out, '--campaign', second])).code).toBe(0);
  const one = await judged(out);
  expect(one.failing).toEqual([]);
  expect(one.page).toContain('Access review 1: Once more');
  expect(one.page).not.toContain('Unused.');
  expect(JSON.parse(packFile(out, 'data/statement.json'))).toMatchObject({
    predicate: { campaigns: { choice: 'chosen', leftOut: [{ campaign: first, name: 'First half' }] } },
  });
  expect((await runProgramHere(folder, ['export', '--out', out, '--campaign', 'nobody'])).code).toBe(1);
  expect(
    (await runProgramHere(folder, ['export', '--out', out, '--no-campaigns', '--all-campaigns'])).code,
  ).toBe(2);
});

test('an empty population, a delegation and a series that were ended and a discarded draft are told, and verified', async () => {
  const { call, finish } = await preparedStation(database.url);
  const stages = [{ name: 'review', reviewer: { by: 'person' as const, person: rita.id }, fallback: 'olga' }];
  const definition = makeDefinition({
    scope: { from: 'activity', actorTypes: ['nobody is of this type'] },
    period: { from: '2026-11-01', to: '2026-11-15' },
    people,
    owner: rita.id,
    stages,
    recurrence: { every: 'month', first: '2026-11-01' },
    series: 'own',
  });
  const { id } = await call.campaigns.define({ definition });
  await expect(finish(call.campaigns.open({ id }))).rejects.toThrow(/population is empty/);
  await finish(call.campaigns.open({ id, emptyBecause: 'There are no such accounts yet.' }));
  const validTo = new Date(Date.now() + 86_400_000).toISOString();
  const span = { validFrom: new Date().toISOString(), validTo };
  const away = { id, from: rita.id, to: 'olga', reason: 'On leave.', ...span };
  const { delegations } = await call.campaigns.delegate(away);
  await call.campaigns.endDelegation({ id, entry: delegations[0]!.entry!, reason: 'Back early.' });
  await call.campaigns.endSeries({ id, reason: 'The system is gone.' });
  const draft = await call.campaigns.define({ definition: { ...definition, series: id } });
  await call.campaigns.discard({ id: draft.id, reason: 'Nothing follows.' });
  const report = (await finish(call.evidence.export({ passphrase }))) as ExportReport;
  const told = await judged(report.file);
  expect(told).toMatchObject({ failing: [], report: 'drawn-again' });
  for (const said of ['There are no such accounts yet.', 'Ended early, meant until', 'Back early.'])
    expect(told.page).toContain(said);
});
