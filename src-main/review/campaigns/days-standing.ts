// Tells how every day of a span stands, for a calendar: on record or not, and whether it can be.
import {
  mostDays,
  type DayStanding,
  type ReviewedDays,
  type StandingDay,
} from '#shared/model/daily-review.ts';
import { Problem } from '#shared/model/problem.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { readSourceState } from '../../store/cache/mirror.ts';
import { readLogFacts } from './daily-facts.ts';
import { gapsOf, type DayFacts } from './daily-review.ts';
import { spanOfDay, watermarkOf } from './daily-watermark.ts';
import { daysBetween } from './recurrence.ts';
import { assertDay, holds, type DayScene } from './sign-day.ts';

type AskedDays = { readonly from: string; readonly to: string; readonly zone: string };

/** @throws Problem `invalid-input` for days or a zone there are none of, and for more of them than are told at once */
export async function daysStanding(
  { cache, ledger }: DayScene,
  { from, to, zone }: AskedDays,
  nowMs: number,
): Promise<ReviewedDays> {
  assertDay(from, zone);
  assertDay(to, zone);
  const length = daysBetween(from, to) + 1;
  if (length < 1 || length > mostDays)
    throw new Problem('invalid-input', `Only 1 to ${mostDays} days are told at once.`);
  const state = ledger.state();
  const source = readSourceState(cache)?.identity ?? null;
  const log = await readLogFacts(cache, state);
  const days = Array.from({ length }, (_, place): StandingDay => {
    const date = dateAfter(from, place);
    const facts = log.ofDay(spanOfDay(date, zone));
    const { events, findings, openFindings } = facts;
    const recorded = state.campaigns.dailyReviews.findLast((one) => one.date === date && one.zone === zone);
    const hold = recorded && holds(recorded, { source, events, findings, openFindings });
    return { date, standing: standingOf(facts, hold, nowMs * 1000), events, findings, openFindings };
  });
  const today = localDaysOf(zone).dateAt(nowMs * 1000);
  const watermark = source === null ? null : watermarkOf(state.campaigns.dailyReviews, source);
  return { zone, today, days, watermark };
}

/** @param hold whether what is on record still holds; undefined where nothing is, null where nobody can tell */
function standingOf(facts: DayFacts, hold: boolean | null | undefined, now: number): DayStanding {
  const { day, firstEvent, readUpTo, openFindings } = facts;
  if (hold !== undefined) return hold === false ? 'changed' : 'on-record';
  if (day.to > now) return 'to-come';
  if (readUpTo !== null && firstEvent !== null && day.to <= firstEvent) return 'before';
  if (gapsOf(facts).some(({ blocks }) => blocks)) return 'not-covered';
  return openFindings > 0 ? 'findings-open' : 'covered';
}
