// The days whose log was put on record: which of the period are, which are missing, and which are not as they were then.
import type { z } from 'zod';
import { dailyReviewPayload } from '#shared/model/campaign-entries.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { Ipe } from '../pack-input.ts';
import type { PackPredicate } from '../statement.ts';

export type RecordedDay = z.infer<typeof dailyReviewPayload> & {
  readonly by: string;
  readonly at: string;
  /** Whether the workspace may have been connected to another source since. */
  isOfEarlierConnection: boolean;
};

/** Microseconds; ascending. */
type Starts = readonly number[];

export type DailyRows = {
  /** As the ledger has them, oldest entry first. */
  readonly recorded: readonly RecordedDay[];
  readonly findings: Starts;
  readonly openFindings: Starts;
};

/** Takes the ledger, then the findings. */
export function collectDaily() {
  const recorded: RecordedDay[] = [];
  const findings: number[] = [];
  const openFindings: number[] = [];
  return {
    addEntry: ({ type, payload, actor: by, wall_time: at }: LedgerEntry): void => {
      if (type === 'connection-changed') for (const day of recorded) day.isOfEarlierConnection = true;
      if (type !== 'daily-review') return;
      const { data } = dailyReviewPayload.safeParse(payload);
      if (data !== undefined) recorded.push({ ...data, by, at, isOfEarlierConnection: false });
    },
    addFinding: ({ start, disposition, suppressedBy }: Finding): void => {
      if (recorded.length === 0) return;
      findings.push(parseInstant(start));
      if (disposition === null && suppressedBy === null) openFindings.push(parseInstant(start));
    },
    rows: (): DailyRows | null =>
      recorded.length === 0
        ? null
        : { recorded: [...recorded], findings: ascending(findings), openFindings: ascending(openFindings) },
  };
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

/**
 * holds: the findings of the day are as many as then, and none is open · changed: they are not, or the events are others ·
 * unknown: the data of the pack does not tell.
 */
export type DayStanding = 'holds' | 'changed' | 'unknown';
export type DayRow = { readonly day: RecordedDay; readonly standing: DayStanding };
export type MissingDays = { readonly from: string; readonly to: string; readonly days: number };

export type Days = {
  /** The newest entry of each day of the period. */
  readonly rows: readonly DayRow[];
  /** Days that had ended when the pack was made; null where the zone of the workspace is not known to this computer. */
  readonly missing: readonly MissingDays[] | null;
  /** Entries that a later one about the same day took the place of. */
  readonly replaced: number;
};

type Span = { readonly from: number; readonly to: number };
type Scene = {
  readonly predicate: Pick<PackPredicate, 'period' | 'zone' | 'asOf' | 'generatedAt'>;
  readonly ipe: Ipe;
};

export function daysOf(rows: DailyRows, scene: Scene): Days {
  const newest = new Map<string, RecordedDay>();
  for (const day of rows.recorded) newest.set(dayName(day), day);
  const { from, to } = scene.predicate.period;
  const [first, last] = [
    from === null ? -Infinity : parseInstant(from),
    to === null ? Infinity : parseInstant(to),
  ];
  const spans = new Map([...newest].map(([name, { date, zone }]) => [name, spanOf(date, zone)]));
  const inPeriod = [...newest].filter(([name]) => {
    const span = spans.get(name) ?? null;
    return span === null || (span.to > first && span.from <= last);
  });
  const sorted = inPeriod.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    rows: sorted.map(([name, day]) => ({
      day,
      standing: standingOf(day, spans.get(name) ?? null, rows, scene),
    })),
    missing: missingDays(
      [...spans.values()].filter((span) => span !== null),
      scene.predicate,
    ),
    replaced: rows.recorded.length - newest.size,
  };
}

const dayName = ({ date, zone, sources }: RecordedDay): string =>
  [date, zone, ...sources.map(({ source }) => source)].join('\n');

/** Null for a zone this computer does not know, and for days that nobody can have put on record. */
function spanOf(date: string, zone: string): Span | null {
  if (date < '1970-01-01') return null;
  try {
    const { startOf } = localDaysOf(zone);
    return { from: startOf(date), to: startOf(dateAfter(date, 1)) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function standingOf(
  day: RecordedDay,
  span: Span | null,
  rows: DailyRows,
  { predicate, ipe }: Scene,
): DayStanding {
  const [source, ...others] = day.sources;
  const { asOf } = predicate;
  if (source === undefined || others.length > 0 || span === null || day.isOfEarlierConnection)
    return 'unknown';
  if (asOf !== null && parseInstant(asOf) < span.to) return 'unknown';
  if (numberIn(rows.findings, span) !== source.findings || numberIn(rows.openFindings, span) > 0)
    return 'changed';
  if (!isDayOfUtc(day.date, span)) return 'holds';
  const events = ipe.days.find((one) => one.day === day.date)?.mirrored ?? 0;
  return events === source.events ? 'holds' : 'changed';
}

const isDayOfUtc = (date: string, { from, to }: Span): boolean =>
  from === parseInstant(`${date}T00:00:00Z`) && to - from === 86_400_000_000;

const numberIn = (starts: Starts, { from, to }: Span): number => placeOf(starts, to) - placeOf(starts, from);

/** How many are before. */
function placeOf(starts: Starts, before: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle]! < before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Local days of the workspace of which some moment is in no day on record. */
function missingDays(
  spans: readonly Span[],
  { period, zone, generatedAt }: Scene['predicate'],
): MissingDays[] | null {
  if (period.from === null || period.to === null) return [];
  if (spanOf(period.from.slice(0, 10), zone) === null) return null;
  const { dateAt, startOf } = localDaysOf(zone);
  const end = Math.min(
    startOf(dateAfter(dateAt(parseInstant(period.to)), 1)),
    startOf(dateAt(parseInstant(generatedAt))),
  );
  let reached = startOf(dateAt(parseInstant(period.from)));
  const missing: MissingDays[] = [];
  const miss = (from: number, to: number): void => {
    if (from >= to) return;
    const [first, last] = [dateAt(from), dateAt(to - 1)];
    const before = missing.at(-1);
    if (before !== undefined && first <= before.to) missing.pop();
    const since = before !== undefined && first <= before.to ? before.from : first;
    missing.push({ from: since, to: last, days: daysBetween(since, last) });
  };
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    miss(reached, Math.min(from, end));
    reached = Math.max(reached, to);
  }
  miss(reached, end);
  return missing;
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
