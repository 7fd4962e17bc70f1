// What is due when in the campaigns of a workspace, and what is overdue: computed from their definitions and entries.
import {
  overdueSteps,
  tomorrowStep,
  type CampaignCalendar,
  type DueEntry,
  type DueNotice,
} from '#shared/model/campaign-calendar.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';
import { spanOfDay } from './daily-watermark.ts';
import { daysBetween, recurrenceDates } from './recurrence.ts';
import { followersOf } from './same-series.ts';
import { nextInSeries, type NextInSeries } from './series-dates.ts';

type Due = Pick<DueEntry, 'kind' | 'title' | 'detail' | 'date' | 'skipped'> & {
  readonly isDone: boolean;
  /** What tells it from others of its kind in the campaign; never its date, where that can be put off. */
  readonly part: string;
};

const soonDays = 7;

/**
 * Everything due up to `aheadDays` from now, and everything of campaigns that are over and done, in order of time. Days are
 * those of each campaign's own zone.
 */
export function calendarOf(
  campaigns: Iterable<CampaignRecord>,
  nowMs: number,
  aheadDays: number,
): CampaignCalendar {
  const all = [...campaigns];
  const followed = followersOf(all);
  const nextOf = nextInSeries(all, followed);
  const todayIn = (zone: string) => localDaysOf(zone).dateAt(nowMs * 1000);
  const entries = all
    .flatMap((record) => {
      const today = todayIn(record.definition.zone);
      const until = dateAfter(today, aheadDays);
      const openings = followed.has(record.id) ? [] : openingsOf(record, nextOf(record), until);
      return [...openings, ...decisionsOf(record), ...remediationsOf(record), ...delegationsOf(record)]
        .filter(({ date }) => date <= until)
        .map((due) => entryOf(record, due, today));
    })
    .toSorted((a, b) => parseInstant(a.from) - parseInstant(b.from) || (a.uid < b.uid ? -1 : 1));
  return { entries, notices: entries.flatMap((entry) => noticeOf(entry, todayIn(entry.zone))) };
}

function entryOf(
  { id, definition }: CampaignRecord,
  { isDone: isOver, part, ...due }: Due,
  today: string,
): DueEntry {
  const { zone, name } = definition;
  // A delegation whose last day has passed is nothing anybody still has to do.
  const isDone = isOver || (due.kind === 'delegation-ends' && due.date < today);
  const { from, to } = spanOfDay(due.date, zone);
  const overdueDays = isDone ? 0 : Math.max(0, daysBetween(due.date, today));
  const isSoon = daysBetween(today, due.date) <= soonDays;
  return {
    ...due,
    uid: [due.kind, id, ...(part === '' ? [] : [part])].join('-'),
    campaign: id,
    campaignName: name,
    zone,
    from: formatInstant(from),
    until: formatInstant(to),
    standing: isDone ? 'done' : overdueDays > 0 ? 'overdue' : isSoon ? 'due-soon' : 'upcoming',
    overdueDays,
    overdueStep: overdueSteps.findLast((step) => step <= overdueDays) ?? 0,
  };
}

/** A draft is to be opened at its date, and so is whatever follows one that was opened. */
function openingsOf(record: CampaignRecord, next: NextInSeries | null, until: string): Due[] {
  const { definition, state, seriesEnded } = record;
  const { recurrence, name } = definition;
  if (state === 'discarded' || seriesEnded !== null || recurrence === null || next === null) return [];
  const skipped = next.skipped.length === 0 ? '' : ` None was opened for ${next.skipped.join(', ')}.`;
  return recurrenceDates(recurrence, next.index, until).map((date, place) => ({
    kind: 'open-campaign',
    title: `Open the campaign “${name}”`,
    detail: `It comes every ${recurrence.every}, first on ${recurrence.first}.${skipped}`,
    date,
    isDone: false,
    part: date,
    ...(place === 0 && next.skipped.length > 0 && { skipped: [...next.skipped] }),
  }));
}

function decisionsOf({ definition, state, opened, taken }: CampaignRecord): Due[] {
  const date = opened?.dueOn ?? taken.at(-1)?.dueOn;
  if (date === undefined) return [];
  return [
    {
      kind: 'decisions',
      title: `Decisions of “${definition.name}” are due`,
      detail: 'Every item is decided, the owner and the approver attest, and the campaign is closed.',
      date,
      isDone: state === 'closed' || state === 'closed-incomplete',
      part: '',
    },
  ];
}

function remediationsOf({ definition, remediations, decisions }: CampaignRecord): Due[] {
  return [...remediations].flatMap(([item, { now }]) =>
    now.dueOn === null
      ? []
      : [
          {
            kind: 'remediation' as const,
            title: `Remediation of “${definition.name}” is due`,
            detail: [
              `${rightInWords(decisions.get(item)?.[0]) ?? `Item ${item}`}.`,
              ...(now.owner === null ? ['Nobody owns it.'] : [`Owner: ${now.owner}.`]),
              ...(now.ticket === null ? [] : [`Ticket: ${now.ticket}.`]),
            ].join(' '),
            date: now.dueOn,
            isDone: now.state === 'verified-removed',
            part: item,
          },
        ],
  );
}

function rightInWords(decided: DecidedItem | undefined): string | null {
  if (decided === undefined) return null;
  const { subject, entitlement, resource } = decided;
  return `${entitlement} of ${subject}${resource === null ? '' : ` on ${resource}`}`;
}

/** The last day on which somebody stands in for somebody. */
function delegationsOf({ definition, delegations, state }: CampaignRecord): Due[] {
  const { dateAt } = localDaysOf(definition.zone);
  const isOver = state === 'closed' || state === 'closed-incomplete';
  return delegations.map(({ from, to, validTo, ended }, place) => ({
    kind: 'delegation-ends',
    title: `Delegation in “${definition.name}” ends`,
    detail: `${to} stands in for ${from} until ${validTo}.`,
    date: dateAt(parseInstant(validTo) - 1),
    isDone: isOver || ended !== undefined,
    part: String(place + 1),
  }));
}

/** What is due tomorrow, and what nobody did in time at each step. */
function noticeOf(entry: DueEntry, today: string): DueNotice[] {
  const { uid, kind, overdueStep, overdueDays, campaign, campaignName, title, date, zone, standing } = entry;
  const isTomorrow = standing !== 'done' && date === dateAfter(today, 1);
  if (overdueStep === 0 && !isTomorrow) return [];
  const days = `${overdueDays} ${overdueDays === 1 ? 'day' : 'days'}`;
  const when = isTomorrow
    ? `until the end of tomorrow, ${date} (${zone}).`
    : `overdue for ${days}, since the end of ${date} (${zone}).`;
  const step = isTomorrow ? tomorrowStep : overdueStep;
  const about = { uid, kind, date, overdueDays, campaign, campaignName };
  return [{ id: `${uid} ${step}`, step, sentence: `${title}: ${when}`, ...about }];
}
