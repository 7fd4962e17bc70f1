import { describe, expect, it } from 'vitest';
import { parseInstant } from '#shared/time/instant.ts';
import { generateSample } from '../../../../src-main/sample/generate/generate.ts';
import {
  sampleEndMicroseconds,
  type SampleEvent,
  type SampleIncident,
} from '../../../../src-main/sample/generate/model.ts';

const microsecondsPerHour = 3_600_000_000;
const microsecondsPerDay = 24 * microsecondsPerHour;
const sample = generateSample();

function incident(kind: string): SampleIncident {
  const found = sample.incidents.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`There is no ${kind}.`);
  return found;
}

function eventsOf(actor: string, eventType?: string): SampleEvent[] {
  return sample.events.filter(
    (event) => event.actor === actor && (eventType === undefined || event.eventType === eventType),
  );
}

/** Scores the hour that holds an instant against the 28 days that end a day before it, zero hours included. */
function zScore(actor: string, eventType: string, instant: string): number {
  const hourOf = (microseconds: number): number => Math.floor(microseconds / microsecondsPerHour);
  const tested = hourOf(parseInstant(instant));
  const firstSeen = hourOf(eventsOf(actor)[0]?.createdAtMicroseconds ?? 0);
  const start = Math.max(firstSeen, tested - 24 - 672);
  const counts = Array.from({ length: tested - 24 - start }, () => 0);
  let count = 0;
  for (const event of eventsOf(actor, eventType)) {
    const hour = hourOf(event.createdAtMicroseconds);
    if (hour === tested) count += 1;
    const index = hour - start;
    if (index >= 0 && index < counts.length) counts[index] = (counts[index] ?? 0) + 1;
  }
  if (counts.filter((each) => each > 0).length < 5) return Number.NaN;
  const mean = counts.reduce((sum, each) => sum + each, 0) / counts.length;
  const squares = counts.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const deviation = Math.max(Math.sqrt(squares / (counts.length - 1)), Math.sqrt(Math.max(mean, 1)));
  return (count - mean) / deviation;
}

describe('the sample as it comes', () => {
  it('has 60 actors, 8 weeks, 150,000 events and every kind of incident', () => {
    expect(sample.events).toHaveLength(150_000);
    const actors = new Set(sample.events.map((event) => event.actor));
    expect(actors.size).toBe(61);
    expect([...new Set(sample.incidents.map((each) => each.kind))].toSorted()).toEqual([
      'after_hours',
      'brute_force',
      'bulk_delete',
      'dormant_account',
      'log_gap',
      'month_end_close',
      'new_network',
      'release_day',
      'self_grant',
      'slow_export',
    ]);
    for (const each of sample.incidents) expect(each.expect === 'quiet').toBe(each.benign);
  });

  it('keeps every label out of the events', () => {
    const text = JSON.stringify(sample.events);
    for (const each of sample.incidents) {
      for (const label of [each.incident, each.kind, each.note]) expect(text).not.toContain(label);
    }
    expect(text).not.toMatch(/incident|benign|anomal|suspicious|attack|malicious/i);
  });

  it('gives events of an incident no metadata that others of their type lack', () => {
    const marked = new Set(sample.incidents.flatMap((each) => each.event_ids));
    const shape = (event: SampleEvent): string =>
      `${event.eventType} ${event.actorType} ${Object.keys(event.metadata).toSorted().join(' ')}`;
    const ordinary = new Set(sample.events.filter((event) => !marked.has(event.id)).map(shape));
    const strange = sample.events.filter((event) => marked.has(event.id) && !ordinary.has(shape(event)));
    expect(strange).toEqual([]);
  });

  it('lets hourly counts show what they can show', () => {
    expect(zScore(incident('after_hours').actor, 'role_grant', incident('after_hours').from)).toBeGreaterThan(
      8,
    );
    expect(
      zScore(incident('brute_force').actor, 'auth.login_failed', incident('brute_force').from),
    ).toBeGreaterThan(8);
    expect(
      zScore(incident('bulk_delete').actor, 'record.delete', incident('bulk_delete').from),
    ).toBeGreaterThan(8);
    expect(
      zScore(incident('month_end_close').actor, 'report.run', incident('month_end_close').from),
    ).toBeGreaterThan(3);
  });

  it('hides the slow export from hourly counts', () => {
    const { actor, event_ids } = incident('slow_export');
    const own = eventsOf(actor).filter((event) => event_ids.includes(event.id));
    const nights = Map.groupBy(own, (event) => Math.floor(event.createdAtMicroseconds / microsecondsPerDay));
    expect(nights.size).toBe(10);
    for (const [event] of nights.values()) {
      const at = new Date((event?.createdAtMicroseconds ?? 0) / 1000).toISOString();
      expect(zScore(actor, 'record.export', at)).not.toBeGreaterThan(3);
    }
  });

  it('grants roles at night in one whole hour, by somebody of the day', () => {
    const { actor, from, to, events } = incident('after_hours');
    expect(events).toBeGreaterThanOrEqual(8);
    expect(from.slice(0, 13)).toBe(to.slice(0, 13));
    const others = eventsOf(actor).filter((event) => !incident('after_hours').event_ids.includes(event.id));
    const hour = new Date(from).getUTCHours();
    expect(others.some((event) => new Date(event.createdAtMicroseconds / 1000).getUTCHours() === hour)).toBe(
      false,
    );
  });

  it('grants to oneself only in the incident', () => {
    const grants = sample.events.filter((event) => event.eventType === 'role_grant');
    const own = grants.filter((event) => event.resourceId === event.actor);
    expect(own.map((event) => event.id)).toEqual(incident('self_grant').event_ids);
  });

  it('lets brute force succeed from the address it failed from', () => {
    const { actor, ip, event_ids } = incident('brute_force');
    const events = eventsOf(actor).filter((event) => event_ids.includes(event.id));
    const success = events.findIndex((event) => event.eventType === 'auth.login');
    expect(success).toBeGreaterThan(50);
    expect(events.slice(0, success).every((event) => event.eventType === 'auth.login_failed')).toBe(true);
    expect(sample.events.filter((event) => event.ip === ip).map((event) => event.id)).toEqual(event_ids);
  });

  it('deletes more than fifty records within a minute', () => {
    const { actor, event_ids } = incident('bulk_delete');
    const times = eventsOf(actor, 'record.delete')
      .filter((event) => event_ids.includes(event.id))
      .map((event) => event.createdAtMicroseconds);
    const first = times[0] ?? 0;
    expect(times.filter((time) => time < first + 60_000_000).length).toBeGreaterThan(50);
  });

  it('wakes a dormant account after three weeks or more', () => {
    const { actor, from } = incident('dormant_account');
    const before = eventsOf(actor).filter((event) => event.createdAtMicroseconds < parseInstant(from));
    expect(before.length).toBeGreaterThan(20);
    const lastSeen = before.at(-1)?.createdAtMicroseconds ?? 0;
    expect(parseInstant(from) - lastSeen).toBeGreaterThan(21 * microsecondsPerDay);
  });

  it('loses every event of some hours', () => {
    const { from, to } = incident('log_gap');
    const inside = sample.events.filter(
      (event) =>
        event.createdAtMicroseconds >= parseInstant(from) && event.createdAtMicroseconds < parseInstant(to),
    );
    expect(inside).toEqual([]);
    expect(parseInstant(to) - parseInstant(from)).toBe(4 * microsecondsPerHour);
  });

  it('uses a new network in one incident only', () => {
    const { ip, event_ids } = incident('new_network');
    const there = sample.events.filter((event) => event.ip === ip);
    expect(there.map((event) => event.id)).toEqual(event_ids);
  });

  it('leaves a queue a person can work through, and an orderly past', () => {
    const pending = sample.reviews.filter((review) => review.reviewedAtMicroseconds === null);
    expect(pending.length).toBeGreaterThanOrEqual(60);
    expect(pending.length).toBeLessThanOrEqual(90);
    const overdue = pending.filter((review) => review.dueAtMicroseconds < sampleEndMicroseconds);
    expect(pending.length - overdue.length).toBeGreaterThanOrEqual(3);
    expect(overdue.length).toBeGreaterThan(30);
    const reviewed = sample.reviews.filter((review) => review.reviewedAtMicroseconds !== null);
    for (const review of reviewed) {
      const afterMicroseconds =
        (review.reviewedAtMicroseconds ?? 0) - (review.dueAtMicroseconds - microsecondsPerDay);
      expect(afterMicroseconds).toBeGreaterThan(0);
      expect(afterMicroseconds).toBeLessThan(2 * microsecondsPerDay);
      expect(review.notes).not.toBe('');
    }
    expect(reviewed.some((review) => review.notes?.startsWith('='))).toBe(true);
    expect(reviewed.some((review) => review.notes?.startsWith('[rv1 '))).toBe(true);
  });

  it('moves with the clocks of its offices', () => {
    const earlyIn = (network: string, utcHour: number, date: string): number =>
      sample.events.filter((event) => {
        const at = new Date(event.createdAtMicroseconds / 1000);
        const week = Math.abs(at.getTime() - Date.parse(date)) < 4 * 86_400_000;
        return week && event.ip.startsWith(network) && at.getUTCHours() === utcHour;
      }).length;
    // Berlin begins at eight: 06:00 UTC in summer, 07:00 in winter. New York changes a week later.
    expect(earlyIn('10.10.', 6, '2026-10-21')).toBeGreaterThan(
      10 * Math.max(1, earlyIn('10.10.', 6, '2026-10-29')),
    );
    expect(earlyIn('10.20.', 12, '2026-10-29')).toBeGreaterThan(
      10 * Math.max(1, earlyIn('10.20.', 12, '2026-11-05')),
    );
  });

  it('keeps holidays and weekends quiet', () => {
    const workday = (network: string, date: string, fromHour: number): number =>
      sample.events.filter((event) => {
        const at = new Date(event.createdAtMicroseconds / 1000);
        const inHours = at.getUTCHours() >= fromHour && at.getUTCHours() < fromHour + 8;
        return inHours && event.ip.startsWith(network) && at.toISOString().startsWith(date);
      }).length;
    // Veterans Day in New York and Dussehra in India, each against the same weekday of another week.
    expect(workday('10.20.', '2026-10-28', 13)).toBeGreaterThan(100);
    expect(workday('10.20.', '2026-11-11', 13)).toBe(0);
    expect(workday('10.30.', '2026-10-27', 3)).toBeGreaterThan(100);
    expect(workday('10.30.', '2026-10-20', 3)).toBe(0);
    expect(workday('10.10.', '2026-10-31', 8)).toBeLessThan(workday('10.10.', '2026-10-28', 8) / 8);
  });

  it('has people on leave, people at night, machines and the unattributed', () => {
    const weeks = Map.groupBy(
      sample.events.filter((event) => event.actorType === 'user'),
      (event) => event.actor,
    );
    const firstWeek = sampleEndMicroseconds - 56 * microsecondsPerDay;
    const emptyWeeks = [...weeks.values()].map((events) => {
      const seen = new Set(
        events.map((event) =>
          Math.floor((event.createdAtMicroseconds - firstWeek) / (7 * microsecondsPerDay)),
        ),
      );
      return 8 - seen.size;
    });
    expect(emptyWeeks.filter((empty) => empty === 1).length).toBeGreaterThan(5);
    const hoursAhead: Record<string, number> = { '10.1': 1, '10.2': -5, '10.3': 5.5 };
    const atNight = [...weeks.values()].filter((events) => {
      const ahead = hoursAhead[events.find((event) => event.ip.startsWith('10.'))?.ip.slice(0, 4) ?? ''] ?? 0;
      const late = events.filter((event) => {
        const hour = (event.createdAtMicroseconds / microsecondsPerHour + ahead) % 24;
        return hour >= 21 || hour < 7;
      });
      return late.length > events.length * 0.9;
    });
    expect(atNight.length).toBeGreaterThanOrEqual(3);
    expect(sample.events.filter((event) => event.actor === '').length).toBeGreaterThan(500);
    expect(sample.events.some((event) => event.metadata['actor_name'] === 'svc-backup')).toBe(true);
  });

  it('stamps microseconds, and uses documentation and private addresses only', () => {
    expect(sample.events.filter((event) => event.createdAtMicroseconds % 1000 !== 0).length).toBeGreaterThan(
      50_000,
    );
    for (const event of sample.events) {
      expect(event.ip).toMatch(/^(10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|$)/);
    }
  });
});
