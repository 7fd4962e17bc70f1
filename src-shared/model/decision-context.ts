// Everything around one review item or finding that a person needs to decide on it without leaving it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { auditEvent } from './audit-event.ts';
import { exception } from './detection.ts';
import { finding } from './finding.ts';
import { decisionKind } from './review.ts';
import { severity } from './severity.ts';

/** The 168 hours of a week in the workspace's zone, Monday 00:00 first. */
export const weekOfCounts = z.array(z.number().int()).length(168);

/** What the actor did over 90 local days, of which the last is the day of what is looked at. */
export const usualActivity = z.object({
  zone: z.string(),
  /** Half-open, whole local days; `coveredHours` says which hours of the week lie in it. */
  from: instant,
  to: instant,
  /** Oldest first, one a local day. Null is a day of which nothing is mirrored: a gap and not a zero. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      /** Of all actions, and of the action looked at. */
      all: z.number().int().nullable(),
      same: z.number().int().nullable(),
    }),
  ),
  /** All actions, and the action looked at, by hour of the week. */
  week: weekOfCounts,
  sameWeek: weekOfCounts,
  total: z.number().int(),
  sameTotal: z.number().int(),
  /** The actor's first event in the mirror, whenever that was; null when there is none. */
  firstSeen: instant.nullable(),
});
export type UsualActivity = z.infer<typeof usualActivity>;

/** What the actor did around that moment. */
export const nearbyEvents = z.object({
  /** Half-open: 30 minutes to either side. */
  from: instant,
  to: instant,
  /** How many there are, the event looked at included. */
  total: z.number().int(),
  /** Oldest first: those nearest to the moment, at most 60. */
  events: z.array(auditEvent),
});
export type NearbyEvents = z.infer<typeof nearbyEvents>;

/** Who else does the same, over the same days. */
export const peerActivity = z.object({
  /** People and accounts with the action, the actor included when it is one of them; whoever nobody is named for is left out. */
  actors: z.number().int(),
  total: z.number().int(),
  /** The actor's place by count, 1 is most often; equal counts share the better place. Null when the actor never did it. */
  rank: z.number().int().nullable(),
  own: z.number().int(),
  /** Half of those who do it do it so often or less. Null when nobody does. */
  median: z.number().nullable(),
  /** Most often first, at most 10, the actor left out. */
  peers: z.array(
    z.object({
      sourceAccount: z.string(),
      actor: z.string(),
      actorName: z.string().nullable(),
      count: z.number().int(),
    }),
  ),
});
export type PeerActivity = z.infer<typeof peerActivity>;

/** A decision on the same action of the same actor, in another item or in this one. */
export const earlierDecision = z.object({
  review: z.string(),
  /** `here`: in this workspace's ledger · `database`: read from the audit database, made elsewhere. */
  origin: z.enum(['here', 'database']),
  /** Null where the database does not say which. */
  decision: decisionKind.nullable(),
  decidedAt: instant,
  /** Id, and name where one is known. */
  reviewer: z.string().nullable(),
  reviewerName: z.string().nullable(),
  /** The reason given here, or the notes there, verbatim. */
  note: z.string().nullable(),
  /** When what it was about happened; null when that is not mirrored. */
  eventAt: instant.nullable(),
  /** Replaced by a later decision on the same item, or taken back before it was sent. */
  superseded: z.boolean(),
  withdrawn: z.boolean(),
});
export type EarlierDecision = z.infer<typeof earlierDecision>;

export const earlierDecisions = z.object({
  total: z.number().int(),
  /** How many came to which decision, replaced and withdrawn ones left out; `unknown` are those the database does not name. */
  byDecision: z.array(
    z.object({ decision: z.union([decisionKind, z.literal('unknown')]), count: z.number().int() }),
  ),
  /** Newest first, at most 50. */
  decisions: z.array(earlierDecision),
});
export type EarlierDecisions = z.infer<typeof earlierDecisions>;

/** A finding as a line in a list. */
export const relatedFinding = finding.pick({
  id: true,
  detector: true,
  sourceAccount: true,
  actor: true,
  actorName: true,
  entity: true,
  action: true,
  start: true,
  end: true,
  count: true,
  score: true,
  threshold: true,
  severity: true,
  explanation: true,
  disposition: true,
});
export type RelatedFinding = z.infer<typeof relatedFinding>;

/** Due within this span counts as due soon. */
export const dueSoonMilliseconds = 4 * 3_600_000;

export const slaStandings = ['overdue', 'due-soon', 'later', 'done', 'none'] as const;
/** Time runs around the clock; days are local ones of the workspace's zone. */
export const slaClock = z.object({
  /** done: decided, here or elsewhere, or not to be decided any more · none: due at no time this program can place. */
  standing: z.enum(slaStandings),
  zone: z.string(),
  /** The present it is judged against: the clock, or the as-of of a replay. */
  now: instant,
  dueAt: instant,
  /** As the database writes it where it is infinite, absent or too far away. */
  dueText: z.string().nullable(),
  /** The local date of the due time. */
  dueOn: z.iso.date().nullable(),
  /** When it became overdue; null while it is not. */
  overdueSince: instant.nullable(),
  /** Until it is due; negative is how long it has been overdue. Null where there is nothing to wait for. */
  remainingMilliseconds: z.number().nullable(),
  /** Local midnights since then; 0 while it is not overdue, or overdue since today. */
  daysOverdue: z.number().int(),
});
export type SlaClock = z.infer<typeof slaClock>;

const around = {
  usual: usualActivity,
  nearby: nearbyEvents,
  peers: peerActivity,
  earlier: earlierDecisions,
  /** Open findings about the actor, the most severe first, at most 50. */
  openFindings: z.array(relatedFinding),
  openFindingsTotal: z.number().int(),
  /** Exceptions in force that let something of this actor pass. */
  exceptions: z.array(exception),
  /** Where only counts are kept: nearby events are those kept whole, and `nearby.total` counts whole quarter hours. */
  onlyKept: z.boolean(),
};

/** What is looked at, and what it is compared with. Empty `actor` is nobody in particular: then counts are of such events. */
const about = {
  sourceAccount: z.string().nullable(),
  actor: z.string(),
  actorName: z.string().nullable(),
  /** Empty for a finding about several actions: “same” is then every action. */
  action: z.string(),
  /** When it happened; null while that is not mirrored, and days then end today. */
  at: instant.nullable(),
};

export const reviewContext = z.object({
  review: z.string(),
  ...about,
  ...around,
  sla: slaClock,
  /** The highest of the findings that cite the event; null when none does. */
  severestFinding: severity.nullable(),
});
export type ReviewContext = z.infer<typeof reviewContext>;

export const findingContext = z.object({ finding: z.string(), ...about, ...around });
export type FindingContext = z.infer<typeof findingContext>;
