// Judges whether the log of one day was covered: read, counted alike, judged, and nothing found left open. Pure.
import type { DayGap } from '#shared/model/daily-review.ts';
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';

/** Half-open, in microseconds since the epoch. */
export type Span = { readonly from: number; readonly to: number };

/** What is on this computer about one day of a source. */
export type DayFacts = {
  readonly day: Span;
  /** Everything before was read from the database; null before the first refresh. */
  readonly readUpTo: number | null;
  /** Hours before were judged by the detectors; null before the first refresh. */
  readonly judgedUpTo: number | null;
  /** Hours before that in which something arrived later, and nothing judged it yet. */
  readonly unjudged: readonly Span[];
  /** First event of the source; null where it has none. */
  readonly firstEvent: number | null;
  /** The database's own counts beside the mirror's, by UTC day; a day in neither has no event in either. */
  readonly countsByDay: readonly {
    readonly day: string;
    readonly mirrored: number;
    readonly server: number;
  }[];
  /** Stretches in which a detector missed events that are usual, and whether the finding about it waits for a disposition. */
  readonly silences: readonly (Span & { readonly isOpen: boolean })[];
  readonly events: number;
  readonly findings: number;
  readonly openFindings: number;
};

/** Every hour that is not covered, in order of time, with the reason. */
export function gapsOf(facts: DayFacts): DayGap[] {
  const { day, readUpTo, judgedUpTo, unjudged, silences } = facts;
  const gaps: (DayGap | null)[] = [
    ...beforeFirst(facts),
    gap(
      day,
      { from: readUpTo ?? day.from, to: day.to },
      'Nothing was read of it from the database yet.',
      true,
    ),
    gap(
      { from: day.from, to: Math.min(day.to, readUpTo ?? day.from) },
      { from: judgedUpTo ?? day.from, to: day.to },
      'It was read, and no detector judged it yet.',
      true,
    ),
    ...unjudged.map((span) => gap(day, span, 'Events arrived that no detector judged yet.', true)),
    ...miscounted(facts),
    ...silences.map((silence) => silenceIn(day, silence)),
  ];
  return once(gaps.filter((one) => one !== null)).toSorted(
    (a, b) => parseInstant(a.from) - parseInstant(b.from) || parseInstant(a.to) - parseInstant(b.to),
  );
}

/** Several findings may be about the same stretch; it is said once. */
function once(gaps: readonly DayGap[]): DayGap[] {
  const nameOf = ({ from, to, why }: DayGap) => `${from} ${to} ${why}`;
  return [...new Map(gaps.map((one) => [nameOf(one), one])).values()];
}

/** The part of a span within a day; null where there is none. */
function gap(day: Span, span: Span, why: string, blocks: boolean): DayGap | null {
  const from = Math.max(day.from, span.from);
  const to = Math.min(day.to, span.to);
  return from < to ? { from: formatInstant(from), to: formatInstant(to), why, blocks } : null;
}

/** A silence that goes on from an earlier day stands in the way until somebody says what it is; one that begins in the day is a finding of it. */
function silenceIn(day: Span, { isOpen, ...span }: DayFacts['silences'][number]): DayGap | null {
  return isOpen && span.from < day.from
    ? gap(
        day,
        span,
        `Fewer events came than usual, or none, and the finding about it, from ${formatInstant(span.from)} on, waits for a disposition.`,
        true,
      )
    : gap(day, span, 'Fewer events came than usual, or none.', false);
}

/** Where a source begins nobody knows whether there was nothing, or nothing is left of it. */
function beforeFirst({ day, firstEvent, readUpTo }: DayFacts): (DayGap | null)[] {
  if (readUpTo === null) return [];
  const begins = firstEvent ?? readUpTo;
  const why = 'It lies before the first event of the source: what was there before is not known.';
  return [gap(day, { from: day.from, to: begins }, why, begins >= day.to)];
}

function miscounted({ day, countsByDay }: DayFacts): (DayGap | null)[] {
  return countsByDay
    .filter(({ mirrored, server }) => mirrored !== server)
    .map(({ day: date, mirrored, server }) => {
      const from = parseInstant(`${date}T00:00:00Z`);
      const why = `The database counted ${server} events on ${date} (UTC), and ${mirrored} of them are here.`;
      return gap(day, { from, to: from + microsecondsPerDay }, why, true);
    });
}

/** Why a day cannot be put on record, each in a sentence. */
export function obstaclesOf({ openFindings }: DayFacts, gaps: readonly DayGap[]): string[] {
  const blocking = gaps.filter(({ blocks }) => blocks);
  return [
    ...blocking.map(({ from, to, why }) => `${from} to ${to}: ${why}`),
    ...(openFindings === 0
      ? []
      : [
          `${openFindings} ${openFindings === 1 ? 'finding' : 'findings'} of this day wait for a disposition.`,
        ]),
  ];
}

/** What is put on record where the person says nothing else. */
export function dayInWords({ events, findings, silences, day }: DayFacts): string {
  const read = `${events} ${events === 1 ? 'event was' : 'events were'} read and judged.`;
  const found =
    findings === 0 ? 'No findings.' : `${findings} ${findings === 1 ? 'finding' : 'findings'}, none open.`;
  const stretches = silences.filter(({ from, to }) => from < day.to && to > day.from);
  const quiet = new Set(stretches.map(({ from, to }) => `${from} ${to}`)).size;
  return [found, read, ...(quiet === 0 ? [] : [`${quiet} stretches of silence are named.`])].join(' ');
}
