// How surprising it is that somebody does something for the first time.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { PairLog } from './pair-log.ts';
import type { Trail } from './trail.ts';

export interface NoveltyParameters {
  /** Days between the first sighting and the judged day: at least so many. */
  readonly minimumKnownDays: number;
  /** Active days in between, the first not counted: at least so many. */
  readonly minimumActiveDays: number;
  /** Who had more values before is not judged: something new is nothing special there. */
  readonly maximumValues: number;
  /** Weight of a day against the next. */
  readonly dailyDecay: number;
  /** A first time is listed when its probability is below this. */
  readonly probability: number;
}

export interface FirstTime {
  readonly value: number;
  readonly microseconds: number;
}

/** What was new for one subject on one day, and the numbers it was judged by: all of them of the days before. */
export interface Novelty {
  readonly subject: number;
  readonly day: number;
  /** In order of appearance; never empty. */
  readonly values: readonly FirstTime[];
  readonly knownDays: number;
  readonly activeDays: number;
  readonly valuesBefore: number;
  /** Σ w·new and Σ w over the active days after the first, w = dailyDecay^(days before the judged day). */
  readonly weightedNew: number;
  readonly weightedDays: number;
  /** weightedNew / weightedDays: new values expected on an active day. */
  readonly rate: number;
  /** 1 − e^(−rate): that an active day brings anything new. */
  readonly probability: number;
}

/**
 * First times that are improbable, by subject and day. Rate and decay follow the published new-entity model (a Poisson rate of
 * decayed counts); on somebody's first day everything is new and says nothing, so it is left out, and days without any activity
 * are left out because nothing could be new on them.
 * @param trail followed at least as far as `maximumValues`.
 * @param judged days, in any order.
 * @param isJudged which subjects are asked about.
 * @param untilMicroseconds sightings from here on do not exist yet.
 */
export function noveltiesOf(
  trail: Trail,
  isJudged: (subject: number) => boolean,
  judged: ReadonlySet<number>,
  untilMicroseconds: number,
  parameters: NoveltyParameters,
): Novelty[] {
  return [...judged]
    .toSorted((a, b) => a - b)
    .flatMap((day) => noveltiesOfDay(trail, isJudged, day, untilMicroseconds, parameters));
}

type Draft = Omit<Novelty, 'values'> & { readonly values: FirstTime[] };

function noveltiesOfDay(
  trail: Trail,
  isJudged: (subject: number) => boolean,
  day: number,
  untilMicroseconds: number,
  parameters: NoveltyParameters,
): Novelty[] {
  const { pairs } = trail;
  const start = pairs.placeAt(day * microsecondsPerDay);
  const end = pairs.placeAt(Math.min((day + 1) * microsecondsPerDay, untilMicroseconds));
  const drafts = new Map<number, Draft>();
  for (let place = start; place < end; place += 1) {
    const subject = pairs.subjects[place]!;
    if (!isJudged(subject)) continue;
    const before = pairs.previous[place]!;
    const numbers = before < start ? numbersBefore(trail, subject, before, day, parameters) : null;
    if (numbers !== null) drafts.set(subject, { subject, day, values: [], ...numbers });
    drafts
      .get(subject)
      ?.values.push({ value: pairs.values[place]!, microseconds: pairs.microseconds[place]! });
  }
  return [...drafts.values()];
}

type Numbers = Omit<Novelty, 'subject' | 'day' | 'values'>;

/**
 * What a subject's first new value of a day is judged by; null when it is nothing special.
 * @param newest place of its entry before that day, or −1.
 */
function numbersBefore(
  { pairs, active }: Trail,
  subject: number,
  newest: number,
  day: number,
  { minimumKnownDays, minimumActiveDays, maximumValues, dailyDecay, probability: limit }: NoveltyParameters,
): Numbers | null {
  const newOnDays = newDays(pairs, newest, maximumValues);
  if (newOnDays === null || newOnDays.length === 0) return null;
  const firstDay = newOnDays[0]!;
  const knownDays = day - firstDay;
  if (knownDays < minimumKnownDays) return null;
  const activeDays = active.between(subject, firstDay, day);
  if (activeDays.length < Math.max(1, minimumActiveDays)) return null;
  const { weightedNew, weightedDays } = weigh(activeDays, newOnDays, day, dailyDecay);
  const rate = weightedNew / weightedDays;
  const probability = -Math.expm1(-rate);
  if (!(probability < limit)) return null;
  return {
    knownDays,
    activeDays: activeDays.length,
    valuesBefore: newOnDays.length,
    weightedNew,
    weightedDays,
    rate,
    probability,
  };
}

/** The day of every value a subject had, ascending; null when there are more than so many. */
function newDays(pairs: PairLog, newest: number, maximumValues: number): number[] | null {
  const days: number[] = [];
  for (let place = newest; place >= 0; place = pairs.previous[place]!) {
    if (days.length >= maximumValues) return null;
    days.push(Math.floor(pairs.microseconds[place]! / microsecondsPerDay));
  }
  return days.toReversed();
}

/** Decays from each active day to the next, and from the last to the judged one. */
function weigh(
  activeDays: readonly number[],
  newOnDays: readonly number[],
  judgedDay: number,
  dailyDecay: number,
): { weightedNew: number; weightedDays: number } {
  let weightedNew = 0;
  let weightedDays = 0;
  let next = 0;
  for (const [at, day] of activeDays.entries()) {
    while (next < newOnDays.length && newOnDays[next]! < day) next += 1;
    const before = next;
    while (next < newOnDays.length && newOnDays[next] === day) next += 1;
    const decay = dailyDecay ** ((activeDays[at + 1] ?? judgedDay) - day);
    weightedNew = (weightedNew + (next - before)) * decay;
    weightedDays = (weightedDays + 1) * decay;
  }
  return { weightedNew, weightedDays };
}
