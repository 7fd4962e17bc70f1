// Incidents in which people use rights they have for what they should not do.
import type { Cast } from './cast.ts';
import {
  atOffice,
  microsecondsPerMinute,
  scatter,
  script,
  startOfHour,
  type IncidentScript,
} from './incident-script.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** Nine role grants within one whole UTC hour of the night, by somebody who works by day. */
export function offHoursGrants(cast: Cast, random: Random): IncidentScript | null {
  const actor = cast.take('admin');
  if (actor === null) return null;
  const hour = startOfHour(atOffice(actor, 5, 2.5));
  const times = scatter(
    9,
    { from: hour + 4 * microsecondsPerMinute, to: hour + 52 * microsecondsPerMinute },
    random,
  );
  const night = {
    by: actor,
    eventType: 'role_grant',
    ip: actor.homeAddress,
    metadata: { session_id: random.hex(12) },
  };
  return script({
    incident: 'off-hours-grants:1',
    kind: 'after_hours',
    expect: 'alert',
    note: 'nine role grants in one hour of the night by an administrator who works by day',
    actor,
    ip: actor.homeAddress,
    drafts: times.map((at) => ({ ...night, at })),
  });
}

/** An administrator makes herself administrator of something. */
export function selfGrant(cast: Cast): IncidentScript | null {
  const actor = cast.take('admin');
  if (actor === null) return null;
  const at = atOffice(actor, 4, 11.43) + 271_828;
  return script({
    incident: 'self-grant:1',
    kind: 'self_grant',
    expect: 'review',
    note: 'the account granted a role to itself, in working hours; only the resource id shows it',
    actor,
    drafts: [{ by: actor, at, eventType: 'role_grant', resourceId: actor.id, metadata: { role: 'admin' } }],
  });
}

function favour(person: Person, action: string, part: number): void {
  const total = person.weights.reduce((sum, weight) => sum + weight, 0);
  person.weights = person.weights.map((weight, index) =>
    person.actions[index] === action ? total * part : weight,
  );
}

/** 130 records gone in less than a minute and a half. */
export function massDelete(cast: Cast, random: Random): IncidentScript | null {
  const actor = cast.take('finance') ?? cast.take('support');
  if (actor === null) return null;
  const from = atOffice(actor, 3, 15.2);
  const times = scatter(130, { from, to: from + 1.4 * microsecondsPerMinute }, random);
  return script({
    incident: 'mass-delete:1',
    kind: 'bulk_delete',
    expect: 'alert',
    note: '130 records deleted in less than 90 seconds by somebody who deletes a few a week',
    actor,
    drafts: times.map((at) => ({ by: actor, at, eventType: 'record.delete' })),
    prepare: () => favour(actor, 'record.delete', 0.03),
  });
}

/** A few exports every evening, never enough in one hour to stand out. */
export function slowExport(cast: Cast, random: Random): IncidentScript | null {
  const actor = cast.take('finance');
  if (actor === null) return null;
  const nights = [20, 19, 18, 17, 14, 13, 12, 11, 10, 7];
  const drafts = nights.flatMap((daysBeforeEnd) => {
    const from = atOffice(actor, daysBeforeEnd, 22.4);
    const session = { session_id: random.hex(12) };
    const times = scatter(3, { from, to: from + 50 * microsecondsPerMinute }, random);
    return times.map((at) => ({
      by: actor,
      at,
      eventType: 'record.export',
      ip: actor.homeAddress,
      metadata: session,
    }));
  });
  return script({
    incident: 'slow-export:1',
    kind: 'slow_export',
    expect: 'alert',
    note: 'three exports late on each of ten evenings; no single hour stands out',
    actor,
    ip: actor.homeAddress,
    drafts,
  });
}
