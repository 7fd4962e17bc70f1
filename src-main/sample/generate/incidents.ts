// Chooses the incidents that fit into a sample, and writes down the truth about each.
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { logGap, monthEndClose, releaseDay } from './bursts.ts';
import { Cast } from './cast.ts';
import type { IncidentScript } from './incident-script.ts';
import { bruteForce, dormantAccount, newNetwork } from './intrusions.ts';
import { massDelete, offHoursGrants, selfGrant, slowExport } from './misuse.ts';
import {
  isPrivileged,
  sampleEndMicroseconds,
  type SampleEvent,
  type SampleIncident,
  type SampleOptions,
} from './model.ts';
import type { Person } from './people.ts';
import { Random } from './random.ts';

/** Incidents may take up to this part of all events, their privileged actions this part. */
const largestShare = 0.2;
const largestPrivilegedShare = 0.02;

function propose(people: readonly Person[], options: SampleOptions): IncidentScript[] {
  const cast = new Cast(people);
  const random = (label: string): Random => new Random(options.seed, `incident ${label}`);
  const proposals = [
    offHoursGrants(cast, random('grants')),
    bruteForce(cast, random('guessing')),
    massDelete(cast, random('delete')),
    selfGrant(cast),
    dormantAccount(cast, random('dormant'), options),
    newNetwork(cast, random('network')),
    slowExport(cast, random('export')),
    logGap(),
    releaseDay(cast, random('release')),
    ...[1, 2, 3].map((which) => monthEndClose(cast, random(`close ${which}`), which)),
  ];
  return proposals.filter((proposal) => proposal !== null);
}

/** Leaves out what does not fit: an incident is there as a whole or not at all. */
export function planIncidents(people: readonly Person[], options: SampleOptions): IncidentScript[] {
  // At least a day of ordinary life comes before any incident.
  const earliest = sampleEndMicroseconds - (options.days - 1) * microsecondsPerDay;
  let events = 0;
  let privileged = 0;
  return propose(people, options).filter((script) => {
    const ownPrivileged = script.drafts.filter((draft) => isPrivileged(draft.eventType)).length;
    const fits =
      script.span.from >= earliest &&
      events + script.drafts.length <= options.events * largestShare &&
      privileged + ownPrivileged <= options.events * largestPrivilegedShare;
    if (!fits) return false;
    events += script.drafts.length;
    privileged += ownPrivileged;
    script.prepare();
    return true;
  });
}

/** The truth about an incident whose events have been written. */
export function describeIncident(script: IncidentScript, events: readonly SampleEvent[]): SampleIncident {
  return {
    set: 'sample',
    incident: script.incident,
    kind: script.kind,
    expect: script.expect,
    benign: script.benign,
    actor: script.actor?.id ?? '',
    ip: script.ip,
    from: formatInstant(script.span.from),
    to: formatInstant(script.span.to),
    events: events.length,
    event_ids: events.map((event) => event.id),
    note: script.note,
  };
}
