// The sample the program generates, as a labelled set like those of files.
import { generateSample } from '../../../src-main/sample/generate/generate.ts';
import { sampleSourceAccount, type SampleEvent } from '../../../src-main/sample/generate/model.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { eventSetOf, type EventSet } from './event-set.ts';
import { incidentOf, type Incident } from './incidents.ts';

export function readSampleSet(seed: number): { set: EventSet; incidents: Incident[] } {
  const sample = generateSample({ seed });
  const incidents = sample.incidents.map((incident, at) => {
    const parsed = incidentOf({ ...incident }, at + 1);
    if ('reason' in parsed)
      throw new TypeError(`The sample's incident ${incident.incident}: ${parsed.reason}.`);
    return parsed.value;
  });
  return { set: eventSetOf(sample.events.map(eventOf)), incidents };
}

/** As the column mapping of the sample's table reads it. */
function eventOf(event: SampleEvent): HistoryEvent {
  const { id, createdAtMicroseconds, actor, metadata } = event;
  const name = metadata['actor_name'];
  return {
    id,
    createdAtMicroseconds,
    sourceAccount: sampleSourceAccount,
    actor,
    ...(typeof name === 'string' ? { actorName: name } : {}),
    action: event.eventType,
    fields: {
      actorType: event.actorType,
      resourceType: event.resourceType,
      resourceId: event.resourceId,
      ip: event.ip,
      userAgent: event.userAgent,
      severity: event.severity,
      metadata: JSON.stringify(metadata),
    },
  };
}
