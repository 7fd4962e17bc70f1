// The shape of an incident before its events are written, and the clock its author works with.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import type { EventDraft } from './event.ts';
import { atLocal } from './local-clock.ts';
import { sampleEndMicroseconds, type SampleIncident } from './model.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { Span } from './timeline.ts';

export interface IncidentScript extends Pick<SampleIncident, 'incident' | 'kind' | 'expect' | 'note'> {
  benign: boolean;
  /** Null when the incident is nobody's. */
  actor: Person | null;
  ip: string;
  span: Span;
  drafts: EventDraft[];
  /** Changes to ordinary life that the incident needs, made only when it takes place. */
  prepare: () => void;
}

export const microsecondsPerMinute = 60_000_000;

/** The UTC date so many days before the sample ends. */
export function dateBeforeEnd(days: number): string {
  return new Date((sampleEndMicroseconds - days * microsecondsPerDay) / 1000).toISOString().slice(0, 10);
}

/** Microseconds at which a person's office clock shows an hour (with a fraction), so many days before the end. */
export function atOffice(person: Person, daysBeforeEnd: number, hour: number): number {
  return atLocal(person.office.zone, dateBeforeEnd(daysBeforeEnd), hour) * 1000;
}

export function startOfHour(time: number): number {
  return Math.floor(time / microsecondsPerHour) * microsecondsPerHour;
}

/** Ascending times within a span, without any rhythm. */
export function scatter(count: number, span: Span, random: Random): number[] {
  return Array.from({ length: count }, () => random.between(span.from, span.to - 1)).toSorted(
    (a, b) => a - b,
  );
}

interface Plot extends Pick<IncidentScript, 'incident' | 'kind' | 'expect' | 'note' | 'drafts'> {
  actor: Person;
  benign?: boolean;
  ip?: string;
  prepare?: () => void;
}

/** An incident of one person that lasts from its first event to its last. */
export function script(plot: Plot): IncidentScript {
  const times = plot.drafts.map((draft) => draft.at);
  return {
    benign: false,
    ip: '',
    prepare: () => undefined,
    ...plot,
    span: { from: Math.min(...times), to: Math.max(...times) },
  };
}
