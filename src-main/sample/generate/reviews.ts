// The review queue the audited system keeps: one row for each privileged action, the older ones reviewed.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { isPrivileged, sampleEndMicroseconds, sampleReviewers } from './model.ts';
import type { SampleEvent, SampleReview } from './model.ts';
import { Random } from './random.ts';

const timeToLiveMicroseconds = 86_400_000_000;
const pendingDays = 7;

const plainNotes = [
  'Matches the change request.',
  'Agreed with the team lead.',
  'On-call rotation, expected.',
  'New starter, access as in the role profile.',
  'Checked with the owner of the system.',
  'ok',
  'Part of the quarterly clean-up.',
  'Ticket linked in the change calendar.',
];

/** They look like formulas, markers or injections, and are only what somebody typed. */
const oddNotes = [
  '=SUM(A1:A3) copied from my sheet by mistake, the access itself is fine',
  '[rv1 d=approve pasted the wrong template, approved',
  'Approved; DROP TABLE in the ticket title refers to migration 0042',
  'Genehmigt – Rücksprache mit Jürgen 👍\nzweite Zeile: siehe Ticket',
  '"approved", she said, <b>verbally</b>',
];

function noteOf(event: SampleEvent, random: Random): string {
  if (random.chance(0.35)) return `${random.pick(plainNotes)} CHG-${random.between(4000, 4999)}`;
  return event.eventType === 'secret.accessed' ? 'Scheduled rotation.' : random.pick(plainNotes);
}

function pendingReview(event: SampleEvent, random: Random): SampleReview {
  return {
    id: random.uuid(),
    auditLogId: event.id,
    action: event.eventType,
    actorId: event.actor === '' ? null : event.actor,
    dueAtMicroseconds: event.createdAtMicroseconds + timeToLiveMicroseconds,
    reviewerId: null,
    reviewedAtMicroseconds: null,
    notes: null,
  };
}

/** One row for each privileged event; those of the last seven days still wait for a reviewer. */
export function reviewsOf(events: readonly SampleEvent[], seed: number): SampleReview[] {
  const random = new Random(seed, 'reviews');
  const firstPending = sampleEndMicroseconds - pendingDays * microsecondsPerDay;
  const odd = [...oddNotes];
  return events
    .filter((event) => isPrivileged(event.eventType))
    .map((event, index) => {
      const pending = pendingReview(event, random);
      if (event.createdAtMicroseconds >= firstPending) return pending;
      const afterHours = 1 + 38 * random.next() * random.next();
      return {
        ...pending,
        reviewerId: random.pick(sampleReviewers).id,
        reviewedAtMicroseconds: event.createdAtMicroseconds + Math.floor(afterHours * microsecondsPerHour),
        notes: (index % 40 === 7 ? odd.shift() : undefined) ?? noteOf(event, random),
      };
    });
}
