// Puts what is due in the order a person reads it: overdue first, then month by month; what is done apart.
import type { DueEntry } from '#shared/model/campaign-calendar.ts';
import { monthOf } from './local-date.ts';

export type DueGroup = { readonly month: string; readonly entries: readonly DueEntry[] };

export type DueGroups = {
  /** The longest overdue first. */
  readonly overdue: readonly DueEntry[];
  readonly months: readonly DueGroup[];
  /** The newest first. */
  readonly done: readonly DueEntry[];
};

/** @param entries in order of time */
export function dueGroups(entries: readonly DueEntry[]): DueGroups {
  const open = entries.filter(({ standing }) => standing === 'upcoming' || standing === 'due-soon');
  return {
    overdue: entries
      .filter(({ standing }) => standing === 'overdue')
      .toSorted((a, b) => b.overdueDays - a.overdueDays),
    months: [...Map.groupBy(open, ({ date }) => monthOf(date))].map(([month, own]) => ({
      month,
      entries: own,
    })),
    done: entries.filter(({ standing }) => standing === 'done').toReversed(),
  };
}

/** Of the dates a series comes at, only the next one can be started. */
export function nextOpenings(entries: readonly DueEntry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = new Set<string>();
  for (const { kind, campaign, uid } of entries) {
    if (kind !== 'open-campaign' || seen.has(campaign)) continue;
    seen.add(campaign);
    next.add(uid);
  }
  return next;
}
