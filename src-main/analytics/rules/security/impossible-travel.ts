// Somebody is in two places that nobody can travel between in the time.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Hit, Scope } from '../../detector.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import { stretchesOf, type Bucket, type Stretch } from '../bucket-stretches.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import type { GeoLookup, Location } from '../geo/geo-lookup.ts';
import { distanceKm } from '../geo/haversine.ts';
import { judgedDays, microsecondsPerMinute } from '../judged-days.ts';
import { collectOccurrences, type Inclusion, type Occurrences } from '../occurrences.ts';
import { outcomesOf } from '../outcome.ts';
import { readName } from '../reading.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { byActor, type Subject } from '../subjects.ts';
import { counted, digits } from '../wording.ts';
import { travelScore } from './scores.ts';

interface TravelValues {
  readonly limitKmPerHour: number;
  readonly minimumKm: number;
  readonly minimumHours: number;
  readonly lookbackHours: number;
  readonly trustedAddresses: readonly string[];
  readonly cooldownMinutes: number;
  readonly [name: string]: number | readonly string[];
}

/**
 * Compares each located event that did not fail with the last accepted location of the actor. What is impossible is listed
 * and not accepted, so the stranger's place is not where the actor is measured from next. For each day the accepted location
 * is worked out from twice the lookback before it, so the answer does not depend on how days are grouped.
 */
export const impossibleTravel = declareRule<TravelValues>({
  id: 'security.impossible_travel',
  preset: 'security',
  title: 'Impossible travel',
  version: 1,
  parameters: {
    limitKmPerHour: { default: 1000, unit: 'km/h', meaning: 'Faster than this is impossible.', minimum: 1 },
    minimumKm: { default: 100, unit: 'km', meaning: 'Nearer than this a location is too vague to compare.' },
    minimumHours: {
      default: 0.01,
      unit: 'hours',
      meaning: 'Shorter times count as this long.',
      minimum: 0.0001,
    },
    lookbackHours: {
      default: 24,
      unit: 'hours',
      meaning: 'Older locations are not compared with.',
      minimum: 0.01,
    },
    trustedAddresses: {
      default: [],
      unit: '',
      meaning: 'Addresses of gateways that people of several places share; they are no location.',
    },
    cooldownMinutes: { default: 30, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => ['ip'],
  lacks: ({ locate }) => (locate ? null : 'a location file'),
  text: ({ limitKmPerHour, minimumKm, lookbackHours }) =>
    `more than ${digits(limitKmPerHour)} km/h over at least ${digits(minimumKm)} km from the last accepted location of the actor, at most ${counted(lookbackHours, 'hour')} old`,
  reachDays: ({ lookbackHours }) => Math.ceil((2 * lookbackHours) / 24),
  run: (rule, history, scope, { locate }) => (locate ? travels(rule, history, scope, locate) : []),
});

interface Point extends Location {
  readonly place: number;
  readonly microseconds: number;
}

interface Jump extends Bucket {
  readonly from: Point;
  readonly to: Point;
  readonly km: number;
  readonly hours: number;
  readonly kmPerHour: number;
}

function travels(rule: BoundRule<TravelValues>, history: History, scope: Scope, locate: GeoLookup): Hit[] {
  const { lookbackHours, cooldownMinutes } = rule.values;
  const addresses = locatedAddresses(locate, rule.values.trustedAddresses);
  const grouping = byActor(history);
  const include = presentAt(history, addresses);
  const hits: Hit[] = [];
  for (const { startMicroseconds, endMicroseconds } of judgedDays(scope)) {
    const from = startMicroseconds - 2 * lookbackHours * microsecondsPerHour;
    const occurrences = collectOccurrences(history, grouping, include, from, endMicroseconds);
    const column = occurrences.column((segment) => readName(segment, 'ip', addresses.names));
    for (const group of occurrences.groups) {
      const points = pointsOf(occurrences, group, (place) => addresses.locationOf(column[place]!));
      const jumps = jumpsOf(points, rule.values).filter(
        (jump) => jump.startMicroseconds >= startMicroseconds,
      );
      for (const stretch of stretchesOf(jumps, cooldownMinutes * microsecondsPerMinute)) {
        const ipOf = (place: number) => addresses.names.valueOf(column[place]!);
        hits.push(conclude(rule, scope, grouping.subjectOf(group.key), stretch, occurrences, ipOf));
      }
    }
  }
  return inOrder(hits);
}

/** Each distinct address is looked up once. */
function locatedAddresses(locate: GeoLookup, trusted: readonly string[]) {
  const names = new Dictionary();
  const locations: (Location | null)[] = [];
  const excluded = new Set(trusted);
  return {
    names,
    locationOf: (name: number): Location | null => {
      const text = names.valueOf(name);
      return (locations[name] ??= excluded.has(text) ? null : locate(text));
    },
  };
}

/** Named, located and not failed: a refused sign-in from far away is somebody else's. */
function presentAt(history: History, addresses: ReturnType<typeof locatedAddresses>): Inclusion {
  const outcomes = outcomesOf(history);
  return (segment) => {
    const address = readName(segment, 'ip', addresses.names);
    if (address === null) return null;
    const isFailed = outcomes.failedIn(segment);
    return (index) => {
      const name = address(index);
      return name >= 0 && addresses.locationOf(name) !== null && !isFailed(index);
    };
  };
}

function* pointsOf(
  { microseconds }: Occurrences,
  { from, to }: { from: number; to: number },
  locationAt: (place: number) => Location | null,
): Generator<Point> {
  for (let place = from; place < to; place += 1) {
    const location = locationAt(place);
    if (location) yield { ...location, place, microseconds: microseconds[place]! };
  }
}

/** The points that nobody can have reached, with the accepted location each was measured from. */
function jumpsOf(points: Iterable<Point>, values: TravelValues): Jump[] {
  const jumps: Jump[] = [];
  let accepted: Point | null = null;
  for (const to of points) {
    const jump = accepted === null ? null : jumpBetween(accepted, to, values);
    if (jump === null) accepted = to;
    else jumps.push(jump);
  }
  return jumps;
}

/** Null when the way can be travelled, is short, or began too long ago to be compared. */
export function jumpBetween<Place extends Location & { readonly microseconds: number }>(
  from: Place,
  to: Place,
  { limitKmPerHour, minimumKm, minimumHours, lookbackHours }: TravelLimits,
) {
  if (from.latitude === to.latitude && from.longitude === to.longitude) return null;
  const elapsedHours = (to.microseconds - from.microseconds) / microsecondsPerHour;
  if (elapsedHours > lookbackHours) return null;
  const km = distanceKm(from, to);
  const hours = Math.max(elapsedHours, minimumHours);
  const kmPerHour = km / hours;
  if (km < minimumKm || kmPerHour <= limitKmPerHour) return null;
  const times = { startMicroseconds: to.microseconds, endMicroseconds: to.microseconds + 1 };
  return { ...times, from, to, km, hours, kmPerHour, score: kmPerHour, count: 1 };
}

export type TravelLimits = Pick<
  TravelValues,
  'limitKmPerHour' | 'minimumKm' | 'minimumHours' | 'lookbackHours'
>;

function conclude(
  rule: BoundRule<TravelValues>,
  scope: Scope,
  subject: Subject,
  { peak, buckets, count, startMicroseconds, endMicroseconds }: Stretch<Jump>,
  occurrences: Occurrences,
  ipOf: (place: number) => string,
): Hit {
  const { from, to, km, hours, kmPerHour } = peak;
  const { limitKmPerHour } = rule.values;
  const describe = (point: Point) => {
    const ip = ipOf(point.place);
    return { ip, latitude: point.latitude, longitude: point.longitude, country: point.country };
  };
  const named = (point: Point) => ipOf(point.place) + (point.country === null ? '' : ` (${point.country})`);
  const places = [buckets[0]!.from.place, ...buckets.map((jump) => jump.to.place)].slice(0, 500);
  return ruleHit(rule, scope, {
    subject,
    startMicroseconds,
    endMicroseconds,
    count,
    score: travelScore(kmPerHour, limitKmPerHour),
    threshold: travelScore(limitKmPerHour, limitKmPerHour),
    severity: 'high',
    evidence: { from: describe(from), to: describe(to), km, hours, kmPerHour },
    words: {
      what: `${counted(count, 'event')} ${subject.phrase} from ${named(to)}, too far from ${named(from)}`,
      expected: `The last accepted location was ${digits(km)} km away and ${digits(hours)} hours old.`,
      unusual: `That is ${digits(kmPerHour)} km/h, above the ${digits(limitKmPerHour)} km/h of the rule.`,
      confidence:
        'Locations of addresses are estimates, and a gateway shared by several places looks like travel.',
      wouldChange: `It would not be listed at ${digits(limitKmPerHour)} km/h or less, or if one of the addresses were trusted.`,
    },
    events: places.map((place) => occurrences.referenceAt(place)),
  });
}
