// Approvals of one day of something the same actor created or asked for.
import type { History } from '../../history/history.ts';
import { textAt, type EventReference } from '../../history/segment.ts';
import { nounOf } from './action-classes.ts';
import { actionClass } from './class-bits.ts';
import { eventsOfClasses, referenceTo, unlessRefused, type ClassEvents } from './class-events.ts';
import type { JudgedDay } from './judged-days.ts';

export interface OwnApproval {
  readonly sourceAccount: string;
  readonly actor: string;
  /** What the approval was called, and what the creation or request was. */
  readonly action: string;
  readonly createdBy: string;
  readonly resourceId: string;
  readonly created: EventReference;
  readonly approved: EventReference;
  readonly createdMicroseconds: number;
  readonly approvedMicroseconds: number;
}

/**
 * The first approval of a day of each thing, with the latest creation or request of the same thing by the same actor within so long
 * before it. Two things are the same when their resource id is, and their resource type; where a type is unknown, when the
 * names of the actions say the same noun (“order.created”, “order.approved”).
 */
export function ownApprovals(history: History, day: JudgedDay, withinMicroseconds: number): OwnApproval[] {
  const approvals = eventsWithResource(history, actionClass.approval, day.start, day.until, null);
  if (approvals.length === 0) return [];
  const actors = new Set(approvals.map(({ actor }) => actor));
  const creations = Map.groupBy(
    eventsWithResource(history, actionClass.creation, day.start - withinMicroseconds, day.until, actors),
    keyOf,
  );
  const found = new Map<string, OwnApproval>();
  for (const approval of approvals) {
    const earlier = (creations.get(keyOf(approval)) ?? []).findLast(
      (creation) =>
        isBefore(creation, approval, withinMicroseconds) && isSameThing(history, creation, approval),
    );
    const key = `${keyOf(approval)} ${approval.action}`;
    if (earlier === undefined || found.has(key)) continue;
    const { sourceAccount, actor } = history.actors[approval.actor]!;
    found.set(key, {
      sourceAccount,
      actor,
      action: history.actions.valueOf(approval.action),
      createdBy: history.actions.valueOf(earlier.action),
      resourceId: approval.resourceId,
      created: earlier.event,
      approved: approval.event,
      createdMicroseconds: earlier.microseconds,
      approvedMicroseconds: approval.microseconds,
    });
  }
  return [...found.values()];
}

interface ResourceEvent {
  readonly event: EventReference;
  readonly microseconds: number;
  readonly actor: number;
  readonly action: number;
  readonly resourceId: string;
  readonly resourceType: string;
}

function eventsWithResource(
  history: History,
  wanted: number,
  from: number,
  until: number,
  actors: ReadonlySet<number> | null,
): ResourceEvent[] {
  const isAsked = (series: number) => {
    const { actor } = history.series[series]!;
    return actors === null ? history.actors[actor]!.actor !== '' : actors.has(actor);
  };
  const events = eventsOfClasses(history, { wanted, from, until, isAsked }, unlessRefused);
  return Array.from({ length: events.length }, (_, place) => resourceEvent(history, events, place)).filter(
    ({ resourceId }) => resourceId !== '',
  );
}

function resourceEvent(history: History, events: ClassEvents, place: number): ResourceEvent {
  const event = referenceTo(history, events, place);
  const { actor, action } = history.series[events.series[place]!]!;
  return {
    event,
    microseconds: events.microseconds[place]!,
    actor,
    action,
    resourceId: textAt(event.segment, 'resourceId', event.index)?.trim() ?? '',
    resourceType: textAt(event.segment, 'resourceType', event.index)?.trim() ?? '',
  };
}

function keyOf({ actor, resourceId }: ResourceEvent): string {
  return `${actor} ${resourceId}`;
}

/** An event in the same instant comes before when the source ordered it so. */
function isBefore(creation: ResourceEvent, approval: ResourceEvent, withinMicroseconds: number): boolean {
  const apart = approval.microseconds - creation.microseconds;
  if (apart === 0 && creation.event.segment === approval.event.segment)
    return creation.event.index < approval.event.index;
  return apart > 0 && apart <= withinMicroseconds;
}

function isSameThing(history: History, one: ResourceEvent, other: ResourceEvent): boolean {
  if (one.resourceType !== '' && other.resourceType !== '') return one.resourceType === other.resourceType;
  return nounOf(history.actions.valueOf(one.action)) === nounOf(history.actions.valueOf(other.action));
}
