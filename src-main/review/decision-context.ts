// Puts together what stands around one review item or finding.
import type {
  FindingContext,
  NearbyEvents,
  RelatedFinding,
  ReviewContext,
} from '#shared/model/decision-context.ts';
import { relatedFinding } from '#shared/model/decision-context.ts';
import type { Exception } from '#shared/model/detection.ts';
import type { Finding } from '#shared/model/finding.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { peerActivityOf } from '../analytics/peer-activity.ts';
import { countActivity, daysUpTo, describeUsual } from '../analytics/usual-activity.ts';
import { eventReader } from '../store/cache/browse/event-reader.ts';
import type { EventMatches } from '../store/cache/browse/event-matches.ts';
import { countEvents } from '../store/cache/activity.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { MirroredHistory } from '../store/cache/resident.ts';
import { earlierDecisionsOn } from './earlier-decisions.ts';
import { isIn, listFindingsAbout } from './findings.ts';
import type { LedgerState } from './projection.ts';

export type Around = Omit<FindingContext, 'finding' | keyof ContextAbout>;

/** What is looked at. */
export type ContextAbout = Pick<ReviewContext, 'sourceAccount' | 'actor' | 'actorName' | 'action' | 'at'>;

/** What it takes to look around; times in microseconds. */
export type ContextScene = {
  readonly cache: DatabaseHandle;
  readonly state: LedgerState;
  readonly history: MirroredHistory;
  readonly zone: string;
  readonly now: number;
  readonly hourOfWeek: (slot: number) => number;
  /** Half-open; null while nothing is mirrored. */
  readonly observed: { readonly from: number; readonly to: number } | null;
  /** Events of an actor within a range. */
  readonly eventsOf: (range: { actor: string; from: number; to: number }) => EventMatches;
};

const eachSideMicroseconds = 30 * 60_000_000;
const mostNearby = 60;
const mostFindings = 50;

export function contextAround(scene: ContextScene, about: ContextAbout): Around {
  const { cache, state, history, zone, now } = scene;
  const at = about.at === null ? null : parseInstant(about.at);
  const span = daysUpTo(at ?? now, zone);
  const isActor = (number: number) => isAbout(history.actors[number]!, about);
  const action = about.action === '' ? undefined : (history.actions.find(about.action) ?? -1);
  const counted = countActivity(history, span, { isActor, action }, scene.hourOfWeek);
  const findings = about.actor === '' ? [] : listFindingsAbout(cache, state, about.actor);
  const open = findings.filter((finding) => isIn('open', finding));
  return {
    usual: describeUsual(span, counted, scene.observed, { zone, firstSeen: firstSeenOf(history, isActor) }),
    nearby: nearbyOf(scene, about, at),
    peers: peerActivityOf(history.actors, counted.byActor, isActor),
    earlier: earlierDecisionsOn(cache, state, {
      actor: about.actor,
      action: about.action === '' ? null : about.action,
    }),
    openFindings: open.slice(0, mostFindings).map(toRelated),
    openFindingsTotal: open.length,
    exceptions: exceptionsAbout(state, about, now),
    onlyKept: history.onlyCounts === true,
  };
}

/** Where the account is not known, everybody of that id counts. */
function isAbout(
  actor: MirroredHistory['actors'][number],
  { actor: asked, sourceAccount }: ContextAbout,
): boolean {
  return actor.actor === asked && (sourceAccount === null || actor.sourceAccount === sourceAccount);
}

function firstSeenOf(
  { actors }: Pick<MirroredHistory, 'actors'>,
  isActor: (number: number) => boolean,
): number | null {
  const times = actors
    .filter((actor, number) => isActor(number) && actor.firstMicroseconds <= actor.lastMicroseconds)
    .map(({ firstMicroseconds }) => firstMicroseconds);
  return times.length === 0 ? null : Math.min(...times);
}

/** Those nearest to the moment, when there are more than a list can show. */
function nearbyOf(scene: ContextScene, about: ContextAbout, at: number | null): NearbyEvents {
  const moment = at ?? scene.now;
  const [from, to] = [moment - eachSideMicroseconds, moment + eachSideMicroseconds];
  const range = { from: formatInstant(from), to: formatInstant(to) };
  if (at === null) return { ...range, total: 0, events: [] };
  const matches = scene.eventsOf({ actor: about.actor, from, to });
  const found = matches.segments.flatMap((segment, place) => {
    const rows = matches.rowsOf(place);
    return Array.from({ length: rows.length }, (_, index) => {
      const row = rows.rowAt(index);
      return { segment, row, distance: Math.abs(segment.times()[row]! - at) };
    });
  });
  const isNear = new Set(found.toSorted((a, b) => a.distance - b.distance).slice(0, mostNearby));
  const read = eventReader(scene.history);
  const counted = scene.history.onlyCounts === true;
  return {
    ...range,
    total: counted ? countEvents(scene.cache, { actor: about.actor, from, to }) : found.length,
    events: found.filter((one) => isNear.has(one)).map(({ segment, row }) => read(segment, row)),
  };
}

export function toRelated(found: Finding): RelatedFinding {
  return relatedFinding.parse(found);
}

/** In force now, about the actor, and for the action where one is looked at. */
export function exceptionsAbout(
  { exceptions }: Pick<LedgerState, 'exceptions'>,
  { actor, action }: Pick<ContextAbout, 'actor' | 'action'>,
  now: number,
): Exception[] {
  return exceptions
    .filter(
      (granted) =>
        granted.endedAt === null &&
        parseInstant(granted.expiresAt) > now &&
        granted.entityKind === 'actor' &&
        granted.entity === actor &&
        (granted.action === null || action === '' || granted.action === action),
    )
    .map(({ grantedFor: _grantedFor, acknowledgesDeterministic: _acknowledges, ...listed }) => listed);
}
