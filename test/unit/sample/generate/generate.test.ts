import { createHash } from 'node:crypto';
import { assert, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '#shared/time/instant.ts';
import { generateSample } from '../../../../src-main/sample/generate/generate.ts';
import {
  isPrivileged,
  sampleEndMicroseconds,
  sampleReviewers,
  type Sample,
} from '../../../../src-main/sample/generate/model.ts';

const microsecondsPerDay = 86_400_000_000;
const small = { seed: 7, actors: 12, days: 21, events: 4000 };

function hash(sample: Sample): string {
  return createHash('sha256').update(JSON.stringify(sample)).digest('hex');
}

const someOptions = record({
  seed: integer({ min: 0, max: 4_294_967_295 }),
  actors: integer({ min: 1, max: 40 }),
  days: integer({ min: 1, max: 70 }),
  events: integer({ min: 1, max: 3000 }),
});

describe('a generated sample', () => {
  it('is the same for the same options, on every computer', () => {
    const first = hash(generateSample(small));
    expect(hash(generateSample(small))).toBe(first);
    // Changes whenever the generator does; then every existing sample differs from a new one.
    expect(first).toBe('32619fefc14e787d7f71329d766ad6a8f88410365218b26c5aa001b9877bdc5f');
  });

  it('differs with every option', () => {
    const first = hash(generateSample(small));
    for (const other of [{ seed: 8 }, { actors: 13 }, { days: 22 }, { events: 4001 }]) {
      expect(hash(generateSample({ ...small, ...other }))).not.toBe(first);
    }
  });

  it('has exactly as many events as asked for, in order, each once, within its days', () => {
    assert(
      property(someOptions, (options) => {
        const { events } = generateSample(options);
        expect(events).toHaveLength(options.events);
        expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
        const times = events.map((event) => event.createdAtMicroseconds);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times[0]).toBeGreaterThanOrEqual(sampleEndMicroseconds - options.days * microsecondsPerDay);
        expect(times.at(-1)).toBeLessThan(sampleEndMicroseconds);
        expect(times.every(Number.isSafeInteger)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has no more actors than asked for', () => {
    assert(
      property(someOptions, (options) => {
        const actors = new Set(generateSample(options).events.map((event) => event.actor));
        actors.delete('');
        expect(actors.size).toBeLessThanOrEqual(options.actors);
      }),
      { numRuns: 30 },
    );
  });

  it('holds every incident as a whole or not at all, whatever the options', () => {
    const whole = new Map(generateSample().incidents.map((incident) => [incident.incident, incident.events]));
    assert(
      property(someOptions, (options) => {
        const sample = generateSample(options);
        const byId = new Map(sample.events.map((event) => [event.id, event]));
        for (const incident of sample.incidents) {
          expect(incident.events).toBe(whole.get(incident.incident));
          expect(incident.event_ids).toHaveLength(incident.events);
          const events = incident.event_ids.map((id) => byId.get(id));
          const from = parseInstant(incident.from);
          const to = parseInstant(incident.to);
          expect(events.every((event) => event?.actor === incident.actor)).toBe(true);
          expect(events.every((event) => event && event.createdAtMicroseconds >= from)).toBe(true);
          expect(events.every((event) => event && event.createdAtMicroseconds <= to)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has one review for each privileged event, and few of those', () => {
    assert(
      property(someOptions, (options) => {
        const { events, reviews } = generateSample(options);
        const privileged = events.filter((event) => isPrivileged(event.eventType));
        expect(reviews.map((review) => review.auditLogId)).toEqual(privileged.map((event) => event.id));
        expect(privileged.length).toBeLessThanOrEqual(events.length * 0.08 + 1);
        for (const [index, review] of reviews.entries()) {
          const event = privileged[index];
          expect(review.action).toBe(event?.eventType);
          expect(review.actorId ?? '').toBe(event?.actor);
          expect(review.dueAtMicroseconds).toBe((event?.createdAtMicroseconds ?? 0) + 86_400_000_000);
          expect(review.reviewerId === null || review.reviewerId !== review.actorId).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses options outside their limits with a sentence', () => {
    expect(() => generateSample({ days: 0 })).toThrow('days must be a whole number from 1 to 400');
    expect(() => generateSample({ events: 1.5 })).toThrow('events must be a whole number');
    expect(() => generateSample({ actors: Number.NaN })).toThrow('actors must be a whole number');
    expect(() => generateSample({ seed: -1 })).toThrow('seed must be a whole number');
  });

  it('is reviewed by two people who do not act in it', () => {
    const { events, reviews } = generateSample();
    const reviewers = new Set(reviews.flatMap((review) => review.reviewerId ?? []));
    expect([...reviewers].toSorted()).toEqual(sampleReviewers.map((reviewer) => reviewer.id).toSorted());
    expect(events.some((event) => reviewers.has(event.actor))).toBe(false);
  });
});
