// Findings in the cells chosen in the heatmap; all of them while none are chosen.
import { useMemo } from 'react';
import { parseInstant } from '#shared/time/instant.ts';
import type { Finding } from '#shared/model/finding.ts';
import { activityMatches } from '../../domain/activity-matches.ts';
import { useActivityFilter, type ActivityFilter } from '../../state/activity-filter.ts';

const hourMs = 3_600_000;
/** No finding needs more of its hours looked at: after a week every hour of the week was among them. */
const mostHours = 168;

/** What lasts for several hours is in a cell when any of them is. A finding about several actions is about the one chosen, too. */
export function findingsInCells(
  findings: readonly Finding[],
  filter: ActivityFilter | null,
): readonly Finding[] {
  if (filter === null) return findings;
  const matches = activityMatches(filter);
  return findings.filter(({ actor, action, start, end }) =>
    hoursOf(start, end).some((at) => matches({ actor, action: action === '' ? filter.action : action, at })),
  );
}

/** Where it begins, and the beginning of every further hour it reaches into. */
function hoursOf(start: string, end: string): string[] {
  const [from, to] = [parseInstant(start) / 1000, parseInstant(end) / 1000];
  const hours = [start];
  const next = Math.floor(from / hourMs) * hourMs + hourMs;
  for (let at = next; at < to && hours.length < mostHours; at += hourMs)
    hours.push(new Date(at).toISOString());
  return hours;
}

export function useNarrowedFindings(findings: readonly Finding[]): {
  shown: readonly Finding[];
  isNarrowed: boolean;
} {
  const filter = useActivityFilter((state) => state.filter);
  const shown = useMemo(() => findingsInCells(findings, filter), [findings, filter]);
  return { shown, isNarrowed: filter !== null };
}
