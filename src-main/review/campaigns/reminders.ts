// Decides which of what is due to tell a person now: each once a step, and after a long sleep only the last step reached.
import type { DueNotice } from '#shared/model/campaign-calendar.ts';
import { z } from 'zod';

/** By the uid of what is due: which day it was due then, and the last step that was told. */
export const toldSteps = z.record(z.string(), z.object({ date: z.string(), step: z.number().int() }));
export type ToldSteps = Readonly<z.infer<typeof toldSteps>>;

export type Telling = { readonly tell: readonly DueNotice[]; readonly told: ToldSteps };

/**
 * What nobody was told yet, the longest overdue first, and what counts as told once it was. What was put off to another day is told
 * anew; what is not due any more stays told.
 */
export function reminderTelling(notices: readonly DueNotice[], before: ToldSteps): Telling {
  const tell = notices
    .filter(({ uid, date, step }) => {
      const known = before[uid];
      return known === undefined || known.date !== date || known.step < step;
    })
    .toSorted((a, b) => b.overdueDays - a.overdueDays || (a.id < b.id ? -1 : 1));
  const now = tell.map(({ uid, date, step }) => [uid, { date, step }] as const);
  return { tell, told: { ...before, ...Object.fromEntries(now) } };
}

/** One thing told: a title, a sentence, and where in the window it leads. */
export type Reminder = {
  readonly title: string;
  readonly body: string;
  readonly notices: readonly DueNotice[];
};

/** More at once say together that there are more. */
const mostReminders = 4;

/** Puts together what is alike: many remediations of one campaign at one step are one reminder. */
export function remindersOf(notices: readonly DueNotice[]): Reminder[] {
  const alike = Map.groupBy(notices, ({ campaign, kind, step }) => `${campaign} ${kind} ${step}`);
  const reminders = [...alike.values()].map(reminderOf);
  if (reminders.length <= mostReminders) return reminders;
  const shown = reminders.slice(0, mostReminders - 1);
  const rest = reminders.slice(mostReminders - 1).flatMap(({ notices: more }) => more);
  const body = `${rest.length} more are due or overdue. They are listed in the calendar.`;
  return [...shown, { title: 'Access reviews', body, notices: rest }];
}

function reminderOf(notices: readonly DueNotice[]): Reminder {
  const [first] = notices;
  if (first === undefined) throw new RangeError('A reminder is about something.');
  const { campaignName: title, sentence, step } = first;
  if (notices.length === 1) return { title, body: sentence, notices };
  const when = step === 0 ? 'are due tomorrow' : `are overdue for ${step} days or longer`;
  const what = { remediation: 'remediations', 'delegation-ends': 'delegations' } as const;
  const noun =
    first.kind === 'remediation' || first.kind === 'delegation-ends' ? what[first.kind] : 'openings';
  return { title, body: `${notices.length} ${noun} ${when.replace('1 days', '1 day')}.`, notices };
}
