// A finding as a case sees it: who, when in fact, how severe, and which events it cites.
import type { Severity } from '#shared/model/severity.ts';
import { citedEventsLimit, type Entity, type Hit } from './detector.ts';
import { hitIdentity } from './hit-identity.ts';

export interface CaseMember {
  /** No two members of one call share it. */
  readonly identity: string;
  readonly detector: string;
  readonly sourceAccount: string;
  /** Who acted; empty when nobody in particular did. */
  readonly actor: string;
  readonly entity: Entity;
  /** What it says, in the words of lists: “Unusual count for this hour”. */
  readonly title: string;
  readonly severity: Severity;
  /** Time of the first event it rests on, and the end of what it rests on. */
  readonly fromMicroseconds: number;
  readonly toMicroseconds: number;
  readonly eventIds: readonly string[];
}

/**
 * A hit as a member of a case. A hit about a whole day lasts, here, only from its first to its last cited event: otherwise two
 * quiet remarks about one day would make one story of everything in it. A hit that cites as many events as can be
 * cited lasts to its end, because its last event may not be among them.
 */
export function caseMemberOf(hit: Hit, title: string): CaseMember {
  const { events } = hit;
  const first = events[0];
  const last = events.length < citedEventsLimit ? events.at(-1) : undefined;
  const fromMicroseconds = first ? first.segment.microseconds[first.index]! : hit.startMicroseconds;
  const toMicroseconds = last ? last.segment.microseconds[last.index]! : hit.endMicroseconds;
  return {
    identity: hitIdentity(hit),
    detector: hit.detector,
    sourceAccount: hit.sourceAccount,
    actor: personOf(hit),
    entity: hit.entity,
    title,
    severity: hit.severity,
    fromMicroseconds,
    toMicroseconds: Math.max(fromMicroseconds, toMicroseconds),
    eventIds: events.map(({ segment, index }) => segment.idAt(index)),
  };
}

function personOf({ actor, entity }: Hit): string {
  return actor === '' && entity.kind === 'actor' ? entity.value : actor;
}
