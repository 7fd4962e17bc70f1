// Puts together what is known of one actor from the mirror, the findings and the ledger.
import type { ActorProfile, ActorValues, FirstSeen } from '#shared/model/actor-profile.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { hourBaseline } from '../analytics/hour-baseline.ts';
import { countActivity, daysUpTo, describeUsual } from '../analytics/usual-activity.ts';
import type { EventMatches } from '../store/cache/browse/event-matches.ts';
import { tallyActions, tallyField, type ValueTally } from '../store/cache/browse/tally-values.ts';
import { toRelated, type ContextScene } from './decision-context.ts';
import { earlierDecisionsOn } from './earlier-decisions.ts';
import { listFindingsAbout } from './findings.ts';

const mostValues = 200;
const mostListed = 100;

export type ProfileQuestion = {
  readonly actor: string;
  /** Undefined is every account. */
  readonly sourceAccount: string | undefined;
  readonly firstSeenDays: number;
};

type FromMirror = Pick<
  ActorProfile,
  | 'sourceAccounts'
  | 'actor'
  | 'actorName'
  | 'actorTypes'
  | 'events'
  | 'firstSeen'
  | 'lastSeen'
  | 'usual'
  | 'baseline'
  | 'actions'
  | 'addresses'
  | 'targets'
  | 'firstSeenList'
  | 'firstSeenDays'
  | 'daysKnownBefore'
  | 'onlyKept'
>;

/**
 * @param matches every event of the actor
 * @returns null when the mirror holds nothing of them
 */
export function profileFromMirror(
  scene: ContextScene,
  { actor, sourceAccount, firstSeenDays }: ProfileQuestion,
  matches: EventMatches,
): FromMirror | null {
  const { history, zone, now } = scene;
  const numbers = [...history.actors.keys()].filter((number) => {
    const known = history.actors[number]!;
    const isAsked = sourceAccount === undefined || known.sourceAccount === sourceAccount;
    return known.actor === actor && isAsked && known.firstMicroseconds <= known.lastMicroseconds;
  });
  if (numbers.length === 0) return null;
  const known = numbers.map((number) => history.actors[number]!);
  const first = Math.min(...known.map(({ firstMicroseconds }) => firstMicroseconds));
  const last = Math.max(...known.map(({ lastMicroseconds }) => lastMicroseconds));
  const isTheirs = new Set(numbers);
  const span = daysUpTo(now, zone);
  const isActor = (number: number) => isTheirs.has(number);
  const counted = countActivity(history, span, { isActor, action: undefined }, scene.hourOfWeek);
  const isOfSeries = (series: number) => isTheirs.has(history.series[series]!.actor);
  const newFrom = now - firstSeenDays * microsecondsPerDay;
  const tallies = {
    action: tallyActions(matches),
    target: tallyField(matches, 'resourceId'),
    address: tallyField(matches, 'ip'),
  };
  const types = tallyField(matches, 'actorType') ?? new Map<string, ValueTally>();
  return {
    sourceAccounts: known.map((one) => one.sourceAccount),
    actor,
    actorName: known.find(({ name }) => name !== null)?.name ?? null,
    actorTypes: byCount(types).map(([type]) => type),
    events: eventsOf(scene, isOfSeries),
    firstSeen: formatInstant(first),
    lastSeen: formatInstant(last),
    usual: describeUsual(span, counted, scene.observed, { zone, firstSeen: first }),
    baseline: hourBaseline(history.activity, isOfSeries, scene.hourOfWeek, {
      from: Math.max(first, span.edges[0]!),
      to: Math.min(now, scene.observed?.to ?? now),
    }),
    actions: valuesOf(tallies.action),
    addresses: valuesOf(tallies.address),
    targets: valuesOf(tallies.target),
    firstSeenList: newThings(tallies, newFrom),
    firstSeenDays,
    daysKnownBefore: Math.max(0, newFrom - first) / microsecondsPerDay,
    onlyKept: history.onlyCounts === true,
  };
}

/** Counted in the cube, where all of them are. */
function eventsOf({ history }: ContextScene, isOfSeries: (series: number) => boolean): number {
  let events = 0;
  for (const { series, counts } of history.activity)
    for (let cell = 0; cell < series.length; cell += 1)
      if (isOfSeries(series[cell]!)) events += counts[cell]!;
  return events;
}

function byCount(tallies: ReadonlyMap<string, ValueTally>): [string, ValueTally][] {
  return [...tallies].toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
}

function valuesOf(tallies: ReadonlyMap<string, ValueTally> | null): ActorValues {
  const all = byCount(tallies ?? new Map<string, ValueTally>());
  return {
    values: all.slice(0, mostValues).map(([value, tally]) => ({ value, ...inWords(tally) })),
    others: Math.max(0, all.length - mostValues),
    isMirrored: tallies !== null,
  };
}

function inWords({ count, firstMicroseconds, lastMicroseconds }: ValueTally) {
  return {
    count,
    firstSeen: formatInstant(firstMicroseconds),
    lastSeen: formatInstant(lastMicroseconds),
  };
}

function newThings(
  tallies: Readonly<Record<FirstSeen['kind'], ReadonlyMap<string, ValueTally> | null>>,
  from: number,
): FirstSeen[] {
  const found = (['action', 'target', 'address'] as const).flatMap((kind) =>
    [...(tallies[kind] ?? [])]
      .filter(([, { firstMicroseconds }]) => firstMicroseconds >= from)
      .map(([value, tally]) => ({ kind, value, ...inWords(tally) })),
  );
  return found
    .toSorted((a, b) =>
      a.firstSeen < b.firstSeen ? 1 : a.firstSeen > b.firstSeen ? -1 : a.value < b.value ? -1 : 1,
    )
    .slice(0, mostValues);
}

/** What was found and decided about the actor. */
export function profileFromLedger(
  { cache, state }: Pick<ContextScene, 'cache' | 'state'>,
  actor: string,
): Pick<ActorProfile, 'decisions' | 'findings' | 'findingsTotal'> {
  const findings = listFindingsAbout(cache, state, actor);
  return {
    decisions: earlierDecisionsOn(cache, state, { actor, action: null }),
    findings: findings.slice(0, mostListed).map(toRelated),
    findingsTotal: findings.length,
  };
}
