// Finds privilege changes that are for the one who makes them.
import type { History } from '../../history/history.ts';
import { textAt, type EventReference } from '../../history/segment.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { stretchesBetween } from '../../history/stretches.ts';
import { namedTargets } from './grant-target.ts';
import { likenessOf, type Likeness } from './same-person.ts';

export interface SelfGrant {
  /** The target as written, where it was found, and how like the actor's name it is. */
  readonly target: string;
  readonly foundIn: string;
  readonly likeness: Likeness;
  /** A key such as “user” may also mean the one who acts: then it is likely, not certain. */
  readonly isCertain: boolean;
}

/** Kinds of resources that are people: one of them is the target, whatever other keys say. */
const people = /^(users?|accounts?|members?|principals?|identity|person|people|actors?|aws::iam::user)$/i;

/**
 * Whether a privilege change is for its own actor; null when it is for somebody else, or does not say.
 * What names a target decides before what may also name the actor: target keys of the metadata and the keys of a request,
 * then the resource, then keys such as “user”, unless the same key names the actor in other events of theirs too:
 * then it says who acts.
 */
export function selfGrantOf(history: History, event: EventReference): SelfGrant | null {
  const { segment, index } = event;
  const { actor, name } = history.actors[history.series[segment.series[index]!]!.actor]!;
  const resourceId = textAt(segment, 'resourceId', index) ?? '';
  const resourceType = textAt(segment, 'resourceType', index)?.trim() ?? '';
  const targets = namedTargets(textAt(segment, 'metadata', index));
  const certain = targets.filter(({ source }) => source !== 'user');
  const asResource = certainly(likeActor(resourceId, actor, name), resourceId, 'the resource');
  if (certain.length > 0)
    return firstLike(certain, actor, name, true) ?? (people.test(resourceType) ? asResource : null);
  if (asResource !== null) return asResource;
  if (resourceId !== '' && people.test(resourceType)) return null;
  const likely = firstLike(
    targets.filter(({ source }) => source === 'user'),
    actor,
    name,
    false,
  );
  return likely === null || isHabit(history, event, likely) ? null : likely;
}

const otherEventsRead = 20;

/** Whether other events of the actor, in the day before this one, carry the same key with the same name. */
function isHabit(
  history: History,
  { segment, index }: EventReference,
  { target, foundIn }: SelfGrant,
): boolean {
  const { actor, action } = history.series[segment.series[index]!]!;
  const time = segment.microseconds[index]!;
  let read = 0;
  for (const stretch of [
    ...stretchesBetween(history.segments, time - microsecondsPerDay, time),
  ].toReversed()) {
    const { series: seriesAt } = stretch.segment;
    for (let at = stretch.end - 1; at >= stretch.start; at -= 1) {
      const series = history.series[seriesAt[at]!]!;
      if (series.actor !== actor || series.action === action) continue;
      const others = namedTargets(textAt(stretch.segment, 'metadata', at));
      if (others.some(({ name, key }) => name === target && `metadata key “${key}”` === foundIn)) return true;
      read += 1;
      if (read >= otherEventsRead) return false;
    }
  }
  return false;
}

function likeActor(text: string, actor: string, name: string | null): Likeness | null {
  const byActor = likenessOf(text, actor);
  if (byActor !== null || name === null) return byActor;
  return likenessOf(text, name) === null ? null : 'account';
}

function certainly(likeness: Likeness | null, target: string, foundIn: string): SelfGrant | null {
  return likeness === null ? null : { target, foundIn, likeness, isCertain: true };
}

function firstLike(
  targets: readonly { readonly name: string; readonly key: string }[],
  actor: string,
  name: string | null,
  isCertain: boolean,
): SelfGrant | null {
  for (const { name: target, key } of targets) {
    const likeness = likeActor(target, actor, name);
    if (likeness !== null) return { target, foundIn: `metadata key “${key}”`, likeness, isCertain };
  }
  return null;
}
