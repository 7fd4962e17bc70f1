// Detector fail_burst: many failed logins of one person or from one address, and a login that works after them.
import type { Severity } from '#shared/model/severity.ts';
import { citedEventsLimit, type Detector, type Entity, type Hit, type Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { referenceTo } from './events/class-events.ts';
import { failBurstParameters, type FailBurstParameters } from './events/fail-burst-parameters.ts';
import { lookBackOf, wholeCount } from './events/episodes.ts';
import { describeFailBurst } from './events/fail-burst-story.ts';
import { groupPlaces } from './events/groups.ts';
import { inOrder, judgedDays, type JudgedDay } from './events/judged-days.ts';
import { loginAttempts, type LoginAttempts } from './events/login-attempts.ts';
import {
  loginEpisodesOf,
  type LoginEpisode,
  type LoginRule,
  type LoginTimeline,
} from './events/login-episodes.ts';
import { isFailure } from './events/login-kinds.ts';
import { summarise, type LoginSummary } from './events/login-summary.ts';

/**
 * Listed, once per actor or address and episode:
 * - a burst: at least 10 failed logins within 5 minutes. Medium; high from 50 within 5 minutes on, or over 5 or more accounts;
 * - slow guessing: at least 10 within 60 minutes. Low;
 * - a success after at least 5 failures in a row within 30 minutes. Critical, because somebody may be in.
 *   When the one actor is a machine that always comes from the same address, the usual reason is a changed password:
 *   then medium (and low without a success), and the finding says so.
 *
 * An episode belongs to the UTC day on which it was triggered and is told up to the end of that day; if it goes on at the same pace,
 * the next day has a finding of its own. So the answer about a day never depends on a later one. The start is the first
 * event of the day in the window that was full first, which later events cannot move.
 * An actor's finding all of whose events belong to one address's finding is left out: that one names the actor, with the count.
 */
export function failBurst(parameters: FailBurstParameters = failBurstParameters): Detector {
  return {
    id: 'fail_burst',
    version: 'fail_burst/1',
    title: 'Many failed logins',
    needs: [],
    reachDays: 1,
    run: (history, scope) =>
      inOrder(judgedDays(scope).flatMap((day) => judge(history, scope, day, parameters))),
  };
}

export const failBurstDetector: Detector = failBurst();

const microsecondsPerMinute = 60_000_000;

function ruleOf(parameters: FailBurstParameters): LoginRule {
  const { slowMinutes } = parameters;
  return {
    failures: wholeCount(parameters.failures),
    burstWindowMicroseconds: parameters.burstMinutes * microsecondsPerMinute,
    slowWindowMicroseconds: slowMinutes === null ? null : slowMinutes * microsecondsPerMinute,
    failuresBeforeSuccess: wholeCount(parameters.failuresBeforeSuccess),
    successWindowMicroseconds: parameters.successMinutes * microsecondsPerMinute,
    quietMicroseconds: parameters.quietMinutes * microsecondsPerMinute,
  };
}

interface Found {
  readonly entity: Entity;
  readonly sourceAccount: string;
  readonly episode: LoginEpisode;
  /** Places of the failures and of the success among the attempts, ascending. */
  readonly places: Int32Array;
}

function judge(
  history: History,
  { zone }: Scope,
  { start, until }: JudgedDay,
  parameters: FailBurstParameters,
): Hit[] {
  const rule = ruleOf(parameters);
  const longest = Math.max(
    rule.burstWindowMicroseconds,
    rule.slowWindowMicroseconds ?? 0,
    rule.successWindowMicroseconds,
  );
  const attempts = loginAttempts(history, start - lookBackOf(longest, rule.quietMicroseconds), until);
  const byAddress = findAll(attempts, rule, start, addressKeys(history, attempts), (place) => ({
    kind: 'ip',
    value: attempts.addresses.texts[attempts.addresses.numbers[place]!]!,
  }));
  const actorKey = (place: number) => {
    const actor = attempts.actors[place]!;
    return history.actors[actor]!.actor === '' ? -1 : actor;
  };
  const byActor = findAll(attempts, rule, start, actorKey, (place) => ({
    kind: 'actor',
    value: history.actors[attempts.actors[place]!]!.actor,
  }));
  const ownFindings = byActor.filter(isOutside(byAddress, attempts.events.length));
  return [...byAddress, ...ownFindings].map((found) => {
    const sourceAccount = history.actors[attempts.actors[found.places[0]!]!]!.sourceAccount;
    const summary = summarise(history, attempts, found.episode, found.places, rule, start);
    return hitOf(history, attempts, { ...found, sourceAccount }, summary, parameters, zone);
  });
}

type Told = Pick<Found, 'places'>;

/** Whether something found is more than a part of what was found about one address. */
function isOutside(byAddress: readonly Told[], attempts: number): (found: Told) => boolean {
  const owners = new Int32Array(attempts).fill(-1);
  for (const [owner, { places }] of byAddress.entries()) for (const place of places) owners[place] = owner;
  return ({ places }) => {
    const owner = owners[places[0]!]!;
    return owner < 0 || places.some((place) => owners[place] !== owner);
  };
}

/** One number per source account and address. */
function addressKeys(history: History, { addresses, actors }: LoginAttempts): (place: number) => number {
  const accounts = new Map<string, number>();
  return (place) => {
    const address = addresses.numbers[place]!;
    if (address < 0) return -1;
    const { sourceAccount } = history.actors[actors[place]!]!;
    const account = accounts.get(sourceAccount) ?? accounts.size;
    accounts.set(sourceAccount, account);
    return account * addresses.texts.length + address;
  };
}

function findAll(
  attempts: LoginAttempts,
  rule: LoginRule,
  dayStart: number,
  keyOf: (place: number) => number,
  entityOf: (place: number) => Entity,
): Omit<Found, 'sourceAccount'>[] {
  const fewest = Math.min(rule.failures, rule.failuresBeforeSuccess);
  return groupPlaces(attempts.events.length, keyOf, fewest).members.flatMap((members) => {
    if (countFailures(attempts, members) < fewest) return [];
    return loginEpisodesOf(timelineOf(attempts, members), rule, dayStart).map((episode) => {
      const places = placesOf(episode).map((at) => members[at]!);
      return { entity: entityOf(members[0]!), episode, places };
    });
  });
}

function countFailures({ events }: LoginAttempts, members: Int32Array): number {
  let failures = 0;
  for (const place of members) if (isFailure(events.kinds[place]!)) failures += 1;
  return failures;
}

function timelineOf({ events, addresses }: LoginAttempts, members: Int32Array): LoginTimeline {
  const microseconds = new Float64Array(members.length);
  const isSuccess = new Uint8Array(members.length);
  const addressAt = new Int32Array(members.length);
  for (let at = 0; at < members.length; at += 1) {
    const place = members[at]!;
    microseconds[at] = events.microseconds[place]!;
    isSuccess[at] = isFailure(events.kinds[place]!) ? 0 : 1;
    addressAt[at] = addresses.numbers[place]!;
  }
  return { microseconds, isSuccess, addresses: addressAt };
}

function placesOf({ failures, success }: LoginEpisode): Int32Array {
  if (success === null) return failures;
  const places = new Int32Array(failures.length + 1);
  places.set(failures);
  places[failures.length] = success.at;
  return places.toSorted();
}

function hitOf(
  history: History,
  { events }: LoginAttempts,
  { entity, sourceAccount, episode, places }: Found,
  summary: LoginSummary,
  parameters: FailBurstParameters,
  zone: string,
): Hit {
  const { score, threshold } =
    episode.trigger === 'burst'
      ? { score: summary.busiestBurst, threshold: parameters.failures }
      : episode.trigger === 'slow'
        ? { score: summary.busiestSlow, threshold: parameters.failures }
        : { score: episode.success!.failuresBefore, threshold: parameters.failuresBeforeSuccess };
  const severity = severityOf(summary, parameters);
  return {
    detector: 'fail_burst',
    methodVersion: 'fail_burst/1',
    sourceAccount,
    actor: entity.kind === 'actor' ? entity.value : (summary.onlyActor ?? ''),
    entity,
    action: '',
    startMicroseconds: summary.startMicroseconds,
    endMicroseconds: events.microseconds[places.at(-1)!]! + 1,
    count: places.length,
    score,
    threshold,
    severity,
    ...describeFailBurst(entity, episode, summary, parameters, zone, history.fields.has('ip')),
    events: Array.from(places.subarray(0, citedEventsLimit), (place) => referenceTo(history, events, place)),
  };
}

function severityOf(summary: LoginSummary, parameters: FailBurstParameters): Severity {
  const { success, isMachine, busiestBurst, accounts } = summary;
  if (isMachine) return success === null ? 'low' : 'medium';
  if (success !== null) return 'critical';
  if (busiestBurst < parameters.failures) return 'low';
  return busiestBurst >= parameters.highFailures || accounts.length >= parameters.sprayAccounts
    ? 'high'
    : 'medium';
}
