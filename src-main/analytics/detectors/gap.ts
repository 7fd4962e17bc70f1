// Detector gap: hours in which a source account sent too little, and sources that have fallen silent.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { citedEventsLimit, type Detector, type Hit, type Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { AccountHours } from './cube/account-hours.ts';
import { accountDays, accountsOf, type Accounts } from './cube/accounts.ts';
import { citeSpans } from './cube/cite-spans.ts';
import { hoursOfGroups } from './cube/day-rows.ts';
import { daysBetween, endedHour } from './cube/judged-days.ts';
import { gapHit, silentHit } from './cube/gap-hit.ts';
import { gapParameters, type GapParameters } from './cube/gap-parameters.ts';
import { quietStretches, type QuietStretch } from './cube/quiet-stretches.ts';
import { newestEvents, silenceSince, type Silence } from './cube/silence.ts';
import { WeekCalendar } from './cube/week-calendar.ts';
import { byTimeAndName } from './hours/hit-order.ts';

export { gapParameters, type GapParameters };

/**
 * Totals per source account and complete hour, unattributed events and empty hours included. Usual for an hour of UTC day D are
 * the n hours of the same local hour of the week among the `windowDays` before D (holidays count as Sundays):
 *   mean = α / n with α = Σ + ½;  φ = Σ n (s² − m) / Σ n m² over all hours of the week, within its limits;
 *   size = 1 / (φ + 1 / α);  S = −log10 P(Y <= y) for Y negative binomial of that mean and size.
 * An hour is low when it has events and S >= threshold. Low hours and empty hours side by side are one stretch; it is listed when one
 * of its low hours reaches the threshold, or its empty hours do together (mean and α added up). So a busy source shows in an hour
 * and a quiet one after a day. The stretch begins and ends with hours in which something was usual; it begins where the
 * quiet began, however long it lasts, and is listed by the UTC day in which events came again: days without any event are
 * nobody's to judge. While none came it is listed by the newest day with events.
 *
 * Silent is a source whose newest event before the as-of is at least `silentMinutes` and `silentSpacings` usual spacings old
 * (events that would have been usual since, counted by the part of each hour), with the same S reached.
 *
 * Medium; high when there was no event at all for three hours or longer: long enough to do something unseen. Low when more than a
 * tenth of the usual events came: a day off has that look too.
 */
export function gap(parameters: GapParameters = gapParameters): Detector {
  return {
    id: 'gap',
    version: 'gap/1',
    title: 'Fewer events than there should be',
    needs: [],
    reachDays: parameters.windowDays + firstReachDays,
    run: (history, scope) => findGaps(history, scope, parameters),
  };
}

/** Days read before the judged ones at first, for stretches that began earlier; doubled for accounts where that is not enough. */
const firstReachDays = 7;

interface Found {
  readonly stretches: (QuietStretch & { readonly group: number })[];
  readonly silences: (Silence & { readonly group: number })[];
}

function findGaps(history: History, scope: Scope, parameters: GapParameters): Hit[] {
  const span = judgedSpan(history, scope);
  if (span === null) return [];
  const accounts = accountsOf(history, span.firstDay, span.lastDay);
  const calendar = new WeekCalendar(scope.zone, scope.holidays);
  const openHour = span.endedHour * microsecondsPerHour;
  const newest = newestEvents(history, accounts.groupOf, openHour, scope.untilMicroseconds);
  const found: Found = { stretches: [], silences: [] };
  let unanswered: ReadonlySet<number> = new Set(accounts.names.keys());
  for (let reach = parameters.windowDays + firstReachDays; unanswered.size > 0; reach *= 2) {
    const cutOff = new Set<number>();
    const countedFromDay = span.firstDay - reach;
    const countedFromHour = countedFromDay * 24;
    for (const account of accountHours(
      history,
      accounts,
      unanswered,
      countedFromDay,
      span,
      calendar,
      parameters,
    )) {
      const { group } = account;
      const stretches = quietStretches(account, { ...span, countedFromHour });
      if (stretches === null) {
        cutOff.add(group);
        continue;
      }
      for (const stretch of stretches) found.stretches.push({ ...stretch, group });
      const silence = silenceOf(history, accounts, account, newest.get(group), scope, span);
      if (silence !== null) found.silences.push({ ...silence, group });
    }
    unanswered = cutOff;
  }
  return hitsOf(history, accounts, found, scope, parameters);
}

function accountHours(
  history: History,
  { names, firstHours, groupOfAccount }: Accounts,
  asked: ReadonlySet<number>,
  fromDay: number,
  { endedHour }: JudgedSpan,
  calendar: WeekCalendar,
  parameters: GapParameters,
): AccountHours[] {
  const askedOf = groupOfAccount.map((group) => (asked.has(group) ? group : -1));
  const days = accountDays(history, fromDay, Math.ceil(endedHour / 24));
  const counted = hoursOfGroups(days, askedOf, names.length, endedHour);
  return [...asked].map((group) => {
    const [from, to] = [counted.offsets[group]!, counted.offsets[group + 1]!];
    const hours = counted.hours.subarray(from, to);
    return new AccountHours(
      group,
      hours,
      counted.counts.subarray(from, to),
      firstHours[group]!,
      calendar,
      parameters,
    );
  });
}

interface JudgedSpan {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly endedHour: number;
}

/** From the first to the last of the scope's days; of a scope without days, the newest day with events: silence grows without any. */
function judgedSpan(history: History, scope: Scope): JudgedSpan | null {
  const ended = endedHour(scope);
  const newestDay = daysBetween(history.activity, -Infinity, Math.ceil(ended / 24)).at(-1)?.day;
  if (newestDay === undefined) return null;
  return { firstDay: scope.days[0] ?? newestDay, lastDay: scope.days.at(-1) ?? newestDay, endedHour: ended };
}

/** @param newestInOpenHour time of the account's newest event in the hour that had not ended, if there is one. */
function silenceOf(
  history: History,
  { groupOf }: Accounts,
  account: AccountHours,
  newestInOpenHour: number | undefined,
  { untilMicroseconds }: Scope,
  { firstDay, lastDay }: JudgedSpan,
): Silence | null {
  const isHome = (microseconds: number) =>
    microseconds >= firstDay * microsecondsPerDay && microseconds < (lastDay + 1) * microsecondsPerDay;
  if (newestInOpenHour !== undefined)
    return isHome(newestInOpenHour) ? silenceSince(account, newestInOpenHour, untilMicroseconds) : null;
  const hour = account.hours.at(-1);
  const hourStart = (hour ?? 0) * microsecondsPerHour;
  if (hour === undefined || !isHome(hourStart)) return null;
  if (silenceSince(account, hourStart, untilMicroseconds) === null) return null;
  const newest = newestEvents(history, groupOf, hourStart, hourStart + microsecondsPerHour).get(
    account.group,
  );
  return newest === undefined ? null : silenceSince(account, newest, untilMicroseconds);
}

function hitsOf(
  history: History,
  { names, groupOf }: Accounts,
  { stretches, silences }: Found,
  scope: Scope,
  parameters: GapParameters,
): Hit[] {
  const spans = stretches.flatMap(({ group, lowHours }) =>
    lowHours.map((hour) => ({ group, fromHour: hour, toHour: hour + 1 })),
  );
  const citations = citeSpans(history, groupOf, spans);
  let next = 0;
  const gaps = stretches.map((stretch) => {
    const own = citations.slice(next, (next += stretch.lowHours.length));
    const events = own.flatMap(({ events }) => events).slice(0, citedEventsLimit);
    return gapHit(names[stretch.group]!, stretch, events, scope, parameters);
  });
  const silent = silences.map((silence) => silentHit(names[silence.group]!, silence, scope, parameters));
  return [...gaps, ...silent].toSorted(byTimeAndName);
}

export const gapDetector = gap();
