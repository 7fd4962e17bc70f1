import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decisionKinds } from '#shared/model/review.ts';
import { severities } from '#shared/model/severity.ts';
import { collectConduct } from '../../../../src-main/evidence/report/collect-conduct.ts';
import { countHoursOfWeek } from '../../../../src-main/evidence/report/collect-hours.ts';
import { collectRows, listedAtMost } from '../../../../src-main/evidence/report/collect-rows.ts';
import {
  chain,
  decisionDraft,
  decisionsOf,
  reviewOf,
  sampleFinding,
  type EntryDraft,
} from '../sample-input.ts';

test('what takes rights away is listed first, and the limit holds over all kinds together', () => {
  const [made] = decisionsOf(chain([decisionDraft('D', 'r', 'certify')]), ['D']);
  if (!made) throw new Error('No decision was made.');
  const collector = collectRows('UTC');
  const item = reviewOf('r', made);
  for (let index = 0; index < 2500; index += 1) collector.addItem(item, made);
  for (let index = 0; index < 30; index += 1) collector.addItem(item, { ...made, decision: 'revoke' });
  const lists = [...collector.rows().decided];
  expect(lists[0]).toMatchObject(['revoke', { total: 30, rows: { length: 30 } }]);
  expect(lists.at(-1)).toMatchObject(['certify', { total: 2500, rows: { length: 1970 } }]);
  expect(lists.map(([kind]) => kind).toSorted()).toEqual([...decisionKinds].toSorted());
});

test('the most severe findings are listed, whatever the order they come in', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...severities), { minLength: 1, maxLength: 1800, size: 'max' }),
      (given) => {
        const collector = collectRows('UTC');
        for (const [index, severity] of given.entries())
          collector.addFinding({ ...sampleFinding, id: String(index), severity });
        const { rows, total } = collector.rows().findings;
        const rank = (severity: (typeof severities)[number]) => severities.indexOf(severity);
        const expected = given
          .toSorted((one, other) => rank(other) - rank(one))
          .slice(0, listedAtMost.findings);
        expect(total).toBe(given.length);
        expect(rows.map(({ severity }) => severity)).toEqual(expected);
      },
    ),
    { numRuns: 20 },
  );
});

function conductOf(drafts: readonly EntryDraft[]) {
  const collector = collectConduct();
  for (const { entry } of chain(drafts)) collector.addEntry(entry);
  return collector.conduct();
}

test('conduct counts quick, bulk and alike decisions of the ledger', () => {
  const dwelt = (draft: EntryDraft, dwellMs: number | null): EntryDraft => ({
    ...draft,
    payload: { ...draft.payload, dwellMs },
  });
  expect(
    conductOf([
      dwelt(decisionDraft('1', 'a', 'certify'), 4999),
      dwelt(decisionDraft('2', 'b', 'certify', { batch: 'B' }), 5000),
      { id: 'x', type: 'checkpoint' },
      dwelt(decisionDraft('3', 'c', 'certify', { batch: 'B' }), null),
      dwelt(decisionDraft('4', 'd', 'revoke'), 100),
    ]),
  ).toEqual({ recorded: 4, timed: 3, quick: 2, bulk: 2, longestStreak: 3 });
});

test('a streak ends where another reviewer decides', () => {
  const second = { ...decisionDraft('2', 'b', 'certify'), actor: 'carol' };
  expect(conductOf([decisionDraft('1', 'a', 'certify'), second])).toMatchObject({ longestStreak: 1 });
});

test('hours of the week are local ones, and an unknown zone gives none instead of wrong ones', () => {
  const berlin = countHoursOfWeek('Europe/Berlin');
  // A Sunday evening in UTC is Monday in Berlin.
  berlin.add('2026-11-15T23:30:00.000Z');
  expect(berlin.counts()?.[0]).toBe(1);
  const nowhere = countHoursOfWeek('Nowhere/Land');
  nowhere.add('2026-11-15T23:30:00.000Z');
  expect(nowhere.counts()).toBeNull();
});
