// Generates the whole sample from a few numbers: the same numbers always give the same rows.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { anomaliesOf } from './anomalies.ts';
import { EventWriter, type EventDraft } from './event.ts';
import { administer, strayEvents, workDays } from './everyday.ts';
import type { IncidentScript } from './incident-script.ts';
import { describeIncident, planIncidents } from './incidents.ts';
import {
  assertSampleOptions,
  defaultSampleOptions,
  sampleEndMicroseconds,
  type Sample,
  type SampleEvent,
  type SampleOptions,
} from './model.ts';
import { hirePeople, type Person } from './people.ts';
import { reviewsOf } from './reviews.ts';
import type { Service } from './service.ts';
import { installServices, runServices } from './services.ts';
import { Timeline } from './timeline.ts';

const privilegedPerDay = 9.4;
const largestPrivilegedShare = 0.06;
const strayShare = 0.007;
const serviceShare = 0.5;

interface Organisation {
  people: Person[];
  services: Service[];
}

function found(options: SampleOptions, startMicroseconds: number): Organisation {
  const machines = options.actors < 4 ? 0 : Math.max(1, Math.round(options.actors * 0.13));
  const firstDate = new Date(startMicroseconds / 1000).toISOString().slice(0, 10);
  return {
    people: hirePeople(options.actors - machines, options, firstDate),
    services: installServices(machines, options),
  };
}

function ordinaryLife(
  organisation: Organisation,
  count: number,
  timeline: Timeline,
  options: SampleOptions,
): EventDraft[] {
  const { people, services } = organisation;
  const { seed, events, days } = options;
  const administrators = people.filter((person) => person.role === 'admin');
  const strays = Math.min(count, Math.floor(events * strayShare));
  const privileged = Math.min(
    count - strays,
    Math.round(days * privilegedPerDay),
    Math.floor(events * largestPrivilegedShare),
  );
  const rest = count - strays - privileged;
  const byServices = services.length === 0 ? 0 : Math.floor(rest * serviceShare);
  return [
    ...workDays(people, rest - byServices, timeline, seed),
    ...runServices(services, byServices, timeline, seed),
    ...administer(administrators, services, privileged, timeline, seed),
    ...strayEvents(strays, timeline, seed),
  ];
}

function byTimeThenId(one: SampleEvent, other: SampleEvent): number {
  return one.createdAtMicroseconds - other.createdAtMicroseconds || (one.id < other.id ? -1 : 1);
}

/**
 * The events, the truth about them, and what the audited system keeps beside them. Exactly `events` events.
 * Incidents that do not fit into the options are left out.
 * @throws Problem `invalid-input` for options outside their limits
 */
export function generateSample(chosen: Partial<SampleOptions> = {}): Sample {
  const options = { ...defaultSampleOptions, ...chosen };
  assertSampleOptions(options);
  const whole = {
    from: sampleEndMicroseconds - options.days * microsecondsPerDay,
    to: sampleEndMicroseconds,
  };
  const organisation = found(options, whole.from);
  const scripts: IncidentScript[] = planIncidents(organisation.people, options);
  const gap = scripts.find((script) => script.kind === 'log_gap')?.span ?? null;
  const timeline = new Timeline(whole, gap);
  const planned = scripts.reduce((sum, script) => sum + script.drafts.length, 0);

  const writer = new EventWriter(options.seed, organisation.people);
  const ordinary = ordinaryLife(organisation, options.events - planned, timeline, options).map((draft) =>
    writer.write(draft),
  );
  const extraordinary = scripts.map((script) => script.drafts.map((draft) => writer.write(draft)));
  const incidents = scripts.map((script, index) => describeIncident(script, extraordinary[index] ?? []));
  const events = [...ordinary, ...extraordinary.flat()].toSorted(byTimeThenId);
  return {
    events,
    incidents,
    reviews: reviewsOf(events, options.seed),
    anomalies: anomaliesOf(incidents, options.seed),
  };
}
