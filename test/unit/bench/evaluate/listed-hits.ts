// Hits and incidents of tests, in minutes of one day.
import type { Incident } from '../../../bench/evaluate/incidents.ts';
import type { Listed } from '../../../bench/evaluate/listed.ts';
import { addressMember, member, minute } from '../../analytics/members.ts';

export function listed(fromMinute: number, changes: Partial<Listed> = {}): Listed {
  return { ...member(fromMinute, changes), score: 4, action: '', count: 3, ...changes };
}

export function listedAddress(fromMinute: number, address: string, changes: Partial<Listed> = {}): Listed {
  return { ...addressMember(fromMinute, address, changes), score: 4, action: '', count: 3, ...changes };
}

/** An incident of dana from minute 600 to 660 that should be found. */
export function incident(changes: Partial<Incident> = {}): Incident {
  return {
    incident: 'night',
    kind: 'after_hours',
    expect: 'alert',
    benign: false,
    notKinds: [],
    actors: ['dana'],
    addresses: [],
    fromMicroseconds: 600 * minute,
    toMicroseconds: 660 * minute,
    eventIds: [],
    ...changes,
  };
}
