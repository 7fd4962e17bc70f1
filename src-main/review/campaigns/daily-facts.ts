// Reads what this computer holds about one day of its source.
import { microsecondsPerHour, parseInstant } from '#shared/time/instant.ts';
import { forEachCount, readTotals } from '../../store/cache/activity.ts';
import { readPendingDays, readPendingHours } from '../../store/cache/pending.ts';
import { readLastRun, type RefreshRun } from '../../store/cache/runs.ts';
import { warmHistory } from '../../store/cache/week.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { isIn, listFindings } from '../findings.ts';
import type { LedgerState } from '../projection.ts';
import type { DayFacts, Span } from './daily-review.ts';

const hoursPerDay = 24;

export async function readDayFacts(cache: DatabaseHandle, state: LedgerState, day: Span): Promise<DayFacts> {
  const run = readLastRun(cache);
  const judgedUpTo = run === null ? null : wholeHour(parseInstant(run.report.asOf));
  const findings = listFindings(cache, state).map((finding) => ({
    span: { from: parseInstant(finding.start), to: parseInstant(finding.end) },
    isSilence: finding.detector === 'gap',
    isOpen: isIn('open', finding),
  }));
  const ofDay = findings.filter(({ span }) => span.from >= day.from && span.from < day.to);
  return {
    day,
    readUpTo: readUpTo(run),
    judgedUpTo,
    unjudged: judgedUpTo === null ? [] : unjudgedHours(cache, judgedUpTo),
    firstEvent: readTotals(cache).firstMicroseconds,
    countsByDay: run?.provenance.countsByDay ?? [],
    silences: findings.filter(({ isSilence }) => isSilence).map(({ span }) => span),
    events: await countEvents(cache, day),
    findings: ofDay.length,
    openFindings: ofDay.filter(({ isOpen }) => isOpen).length,
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

async function countEvents(cache: DatabaseHandle, { from, to }: Span): Promise<number> {
  let events = 0;
  forEachCount(await warmHistory(cache), { from, to }, (_series, _slot, count) => (events += count));
  return events;
}
