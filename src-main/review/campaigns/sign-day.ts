// Puts the review of a day's log on record, also where nothing was found; refused while the day is not covered or a finding is open.
import type { z } from 'zod';
import { dailyReviewPayload } from '#shared/model/campaign-entries.ts';
import type { DayReview, RecordedDay } from '#shared/model/daily-review.ts';
import { Problem } from '#shared/model/problem.ts';
import { assertZone } from '#shared/time/hour-of-week.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { dateAfter } from '#shared/time/local-days.ts';
import { readSourceState } from '../../store/cache/mirror.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { readLogFacts } from './daily-facts.ts';
import { dayInWords, gapsOf, obstaclesOf } from './daily-review.ts';
import { spanOfDay, watermarkOf } from './daily-watermark.ts';

export type DayScene = { readonly cache: DatabaseHandle; readonly ledger: Ledger };
export type AskedDay = { readonly date: string; readonly zone: string };

/** How a day stands. @throws Problem `invalid-input` for a day or a zone there is none of */
export async function dayReviewOf({ cache, ledger }: DayScene, { date, zone }: AskedDay): Promise<DayReview> {
  assertDay(date, zone);
  const state = ledger.state();
  const day = spanOfDay(date, zone);
  const log = await readLogFacts(cache, state);
  const facts = log.ofDay(day);
  const source = readSourceState(cache)?.identity ?? null;
  const gaps = gapsOf(facts);
  const { events, findings, openFindings } = facts;
  const now = { source, events, findings, openFindings };
  return {
    date,
    zone,
    from: formatInstant(day.from),
    to: formatInstant(day.to),
    ...now,
    hours: log.hoursOf(day),
    gaps,
    obstacles: obstaclesOf(facts, gaps),
    statement: dayInWords(facts),
    recorded: recordedDays(state, ({ date: one, zone: of }) => one === date && of === zone, now),
    watermark: source === null ? null : watermarkOf(state.campaigns.dailyReviews, source),
  };
}

export type Numbers = Pick<DayReview, 'source' | 'events' | 'findings' | 'openFindings'>;
type Review = LedgerState['campaigns']['dailyReviews'][number];

function recordedDays(
  state: LedgerState,
  is: (review: Review) => boolean,
  now: Numbers | null,
): RecordedDay[] {
  const { at: coveredAt, isSigned, uncoveredSince } = state.lastCheckpoint;
  return state.campaigns.dailyReviews.filter(is).map((review) => {
    const isCovered = coveredAt !== null && (uncoveredSince === null || review.at < uncoveredSince);
    return { ...review, isSigned: isCovered ? isSigned : null, stillHolds: now && holds(review, now) };
  });
}

/** Null where the day was one of a source that is not here any more. */
export function holds(
  { sources }: Review,
  { source, events, findings, openFindings }: Numbers,
): boolean | null {
  const then = sources.find((one) => one.source === source);
  if (then === undefined) return null;
  return then.events === events && then.findings === findings && openFindings === 0;
}

/** Every day on record from one date to another, both included, oldest first; their numbers are not compared with those of now. */
export function daysOnRecord(state: LedgerState, from: string, to: string): RecordedDay[] {
  return recordedDays(state, ({ date }) => date >= from && date <= to, null).toSorted((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
}

/**
 * Puts a day on record. Said again it is refused, unless the numbers are others by now.
 * @throws Problem `refused` where the day is not covered, has open findings or is on record; `no-reviewer`
 */
export async function recordDay(
  scene: DayScene,
  request: AskedDay & { readonly statement?: string | undefined },
): Promise<DayReview> {
  const { ledger, cache } = scene;
  const day = await dayReviewOf(scene, request);
  const { source, date, zone, obstacles } = day;
  if (source === null || obstacles.length > 0)
    throw new Problem(
      'refused',
      `The log of ${date} cannot be put on record: ${obstacles.join(' ')} Nothing was recorded.`,
      {
        next: 'Refresh, dispose of what was found, then try again.',
      },
    );
  const statement = request.statement?.toWellFormed().trim() || day.statement;
  ledger.append((state) => {
    const { id, name } = requireReviewer(state);
    const known = state.campaigns.dailyReviews.findLast((one) => one.date === date && one.zone === zone);
    if (known !== undefined && holds(known, day) === true)
      throw new Problem(
        'refused',
        `The log of ${date} is on record already, with the same numbers. Nothing was recorded.`,
      );
    if (readSourceState(cache)?.identity !== source)
      throw new Problem(
        'conflict',
        'The workspace was connected to another source meanwhile. Nothing was recorded.',
      );
    const payload = payloadOf(day, source, statement, name, state);
    return [{ type: 'daily-review', subject: date, actor: id, payload }];
  });
  return dayReviewOf(scene, request);
}

function payloadOf(
  { date, zone, events, findings, openFindings, gaps }: DayReview,
  source: string,
  statement: string,
  byName: string,
  { campaigns }: LedgerState,
): z.infer<typeof dailyReviewPayload> {
  const days = [...campaigns.dailyReviews, { date, zone, sources: [{ source }] }];
  const through = watermarkOf(days, source)?.through ?? null;
  const named = gaps.map(({ from, to, why }) => ({ from, to, why }));
  const numbers = { events, findings, openFindings, gaps: named };
  const sources = [{ source, reviewedThrough: through, ...numbers }];
  return dailyReviewPayload.parse({ date, zone, sources, statement, byName });
}

export function assertDay(date: string, zone: string): void {
  assertZone(zone);
  // 2026-02-30 parses where only its digits are looked at.
  if (dateAfter(date, 0) !== date || parseInstant(`${date}T00:00:00Z`) < 0)
    throw new Problem('invalid-input', `“${date}” is not a day of the calendar.`);
}
