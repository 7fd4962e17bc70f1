// Reads what this computer holds about days of its source.
import type { DayHour } from '#shared/model/daily-review.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import { forEachCount, readTotals } from '../../store/cache/activity.ts';
import { readPendingDays, readPendingHours } from '../../store/cache/pending.ts';
import { readLastRun, type RefreshRun } from '../../store/cache/runs.ts';
import type { MirroredHistory } from '../../store/cache/resident.ts';
import { warmHistory } from '../../store/cache/week.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { isIn, listFindings } from '../findings.ts';
import type { LedgerState } from '../projection.ts';
import type { DayFacts, Span } from './daily-review.ts';

const hoursPerDay = 24;

export type LogFacts = {
  readonly ofDay: (day: Span) => DayFacts;
  /** The hours of a day from its first moment on. */
  readonly hoursOf: (day: Span) => DayHour[];
};

/** Reads what all days have in common once. */
export async function readLogFacts(cache: DatabaseHandle, state: LedgerState): Promise<LogFacts> {
  const run = readLastRun(cache);
  const history = await warmHistory(cache);
  const judgedUpTo = run === null ? null : wholeHour(parseInstant(run.report.asOf));
  const findings = listFindings(cache, state).map((finding) => ({
    span: { from: parseInstant(finding.start), to: parseInstant(finding.end) },
    isSilence: finding.detector === 'gap',
    isOpen: isIn('open', finding),
  }));
  const common = {
    readUpTo: readUpTo(run),
    judgedUpTo,
    unjudged: judgedUpTo === null ? [] : unjudgedHours(cache, judgedUpTo),
    firstEvent: readTotals(cache).firstMicroseconds,
    countsByDay: run?.provenance.countsByDay ?? [],
    silences: findings.filter(({ isSilence }) => isSilence).map(({ span, isOpen }) => ({ ...span, isOpen })),
  };
  return {
    ofDay: (day) => {
      const ofDay = findings.filter(({ span }) => span.from >= day.from && span.from < day.to);
      return {
        day,
        ...common,
        events: countEvents(history, day),
        findings: ofDay.length,
        openFindings: ofDay.filter(({ isOpen }) => isOpen).length,
      };
    },
    hoursOf: (day) => eventsByHour(history, day),
  };
}

const wholeHour = (microseconds: number): number =>
  Math.floor(microseconds / microsecondsPerHour) * microsecondsPerHour;

/** What a refresh read counts once it ended; a replay shows nothing later than its as-of. */
function readUpTo(run: RefreshRun | null): number | null {
  if (run === null) return null;
  const read = parseInstant(run.provenance.serverTime);
  return run.replay ? Math.min(read, parseInstant(run.report.asOf)) : read;
}

function unjudgedHours(cache: DatabaseHandle, judgedUpTo: number): Span[] {
  const beforeHour = judgedUpTo / microsecondsPerHour;
  return readPendingDays(cache, beforeHour).flatMap((day) => {
    const pending = readPendingHours(cache, day);
    const [first, end] = [day * hoursPerDay, Math.min((day + 1) * hoursPerDay, beforeHour)];
    if (pending === null) return [hours(first, end)];
    const touched = new Set([...pending.values()].flat().filter((hour) => hour < end));
    return [...touched].toSorted((a, b) => a - b).map((hour) => hours(hour, hour + 1));
  });
}

const hours = (from: number, to: number): Span => ({
  from: from * microsecondsPerHour,
  to: to * microsecondsPerHour,
});

function countEvents(history: MirroredHistory, { from, to }: Span): number {
  let events = 0;
  forEachCount(history, { from, to }, (_series, _slot, count) => (events += count));
  return events;
}

function eventsByHour(history: MirroredHistory, { from, to }: Span): DayHour[] {
  const counts = Array.from({ length: Math.ceil((to - from) / microsecondsPerHour) }, () => 0);
  forEachCount(history, { from, to }, (_series, slot, count) => {
    // An event at the edge of a day that begins within a quarter hour has a slot that begins before it.
    const hour = Math.max(0, Math.floor((slot * microsecondsPerSlot - from) / microsecondsPerHour));
    counts[hour]! += count;
  });
  return counts.map((events, hour) => ({
    from: formatInstant(from + hour * microsecondsPerHour),
    to: formatInstant(Math.min(to, from + (hour + 1) * microsecondsPerHour)),
    events,
  }));
}
