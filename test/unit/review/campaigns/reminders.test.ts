import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  overdueSteps,
  tomorrowStep,
  type DueNotice,
} from '../../../../src-shared/model/campaign-calendar.ts';
import { dateAfter } from '../../../../src-shared/time/local-days.ts';
import { calendarOf } from '../../../../src-main/review/campaigns/calendar.ts';
import {
  reminderTelling,
  remindersOf,
  type ToldSteps,
} from '../../../../src-main/review/campaigns/reminders.ts';
import { readTold, writeTold } from '../../../../src-main/review/campaigns/told-reminders.ts';
import { openedWith, people } from '../../../support/campaign.ts';
import { ledgerWithReviewer, temporaryFolder } from '../../../support/workspace.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const notice = (changes: Partial<DueNotice> = {}): DueNotice => ({
  id: 'a 1',
  uid: 'a',
  kind: 'decisions',
  date: '2026-12-01',
  step: 1,
  overdueDays: 1,
  campaign: 'c',
  campaignName: 'Third quarter',
  sentence: 'Decisions are due: overdue for 1 day.',
  ...changes,
});

const ranks = [tomorrowStep, ...overdueSteps];

describe('what is told', () => {
  test('whenever somebody looks, each step is told at most once, in order, and the step reached is always told', () => {
    // Due on 2026-12-01 in Berlin.
    const ledger = ledgerWithReviewer(people.olga);
    const record = openedWith(ledger, []);
    const dueMs = Date.parse('2026-12-01T11:00:00Z');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 24 * 5 }), { maxLength: 25 }), (waitsInHours) => {
        let told: ToldSteps = {};
        const steps: number[] = [];
        let nowMs = dueMs - 4 * 86_400_000;
        for (const hours of waitsInHours) {
          nowMs += hours * 3_600_000;
          const { notices } = calendarOf([record], nowMs, 1);
          const telling = reminderTelling(notices, told);
          told = telling.told;
          expect(telling.tell.length).toBeLessThanOrEqual(1);
          steps.push(...telling.tell.map(({ step }) => step));
          const reached = notices.at(0)?.step;
          if (reached !== undefined) expect(steps.at(-1)).toBe(reached);
        }
        expect(steps).toEqual(ranks.filter((step) => steps.includes(step)));
      }),
      { numRuns: 300 },
    );
  });

  test('after a sleep of several days only the last step is, and nothing twice', () => {
    const first = reminderTelling([notice({ step: 0, overdueDays: 0 })], {});
    expect(first.tell).toHaveLength(1);
    const later = reminderTelling([notice({ step: 7, overdueDays: 9 })], first.told);
    expect(later.tell.map(({ step }) => step)).toEqual([7]);
    expect(reminderTelling([notice({ step: 7, overdueDays: 12 })], later.told).tell).toEqual([]);
  });

  test('what was put off is told anew, and what is done meanwhile stays told', () => {
    const { told } = reminderTelling([notice()], {});
    expect(reminderTelling([], told).told).toEqual(told);
    const put = notice({ date: dateAfter('2026-12-01', 5) });
    expect(reminderTelling([put], told).tell).toEqual([put]);
  });
});

describe('reminders', () => {
  test('put together what is alike, and say how much more there is', () => {
    const remediations = [1, 2, 3].map((item) =>
      notice({ uid: `r${item}`, kind: 'remediation', step: 3, overdueDays: 4 }),
    );
    expect(remindersOf([notice(), ...remediations])).toMatchObject([
      { title: 'Third quarter', body: 'Decisions are due: overdue for 1 day.' },
      { body: '3 remediations are overdue for 3 days or longer.' },
    ]);
    const many = Array.from({ length: 6 }, (_, place) => notice({ campaign: `c${place}` }));
    const reminders = remindersOf(many);
    expect(reminders).toHaveLength(4);
    expect(reminders.at(-1)?.body).toBe('3 more are due or overdue. They are listed in the calendar.');
    expect(reminders.flatMap(({ notices }) => notices)).toEqual(many);
  });
});

test('what was told outlives a restart; a file that cannot be read counts as none', async () => {
  const folder = temporaryFolder();
  expect(await readTold(folder)).toEqual({});
  await writeTold(folder, { a: { date: dateAfter('2026-12-01', 0), step: 3 } });
  expect(await readTold(folder)).toEqual({ a: { date: '2026-12-01', step: 3 } });
  writeFileSync(join(folder, 'reminders-told.json'), '{"a":');
  expect(await readTold(folder)).toEqual({});
});
