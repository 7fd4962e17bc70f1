// One actor as a person gets to know them: what is usual, from where, in which sittings, what is new, and what was made of it.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { earlierDecisions, relatedFinding, usualActivity } from './decision-context.ts';
import { review } from './review.ts';
import { actorRisk } from './story.ts';

/** How often the actor acts in one hour of the week. */
export const baselineHour = z.object({
  hourOfWeek: z.number().int().min(0).max(167),
  /** Times this hour came round since the actor's first event, within the days looked at; a change of clocks may skip one. */
  hours: z.number().int(),
  /** Of these, how many had events. */
  activeHours: z.number().int(),
  events: z.number().int(),
  /** events / hours; null while the hour has not come round. */
  mean: z.number().nullable(),
  /** Most in one of them. */
  highest: z.number().int(),
});
export type BaselineHour = z.infer<typeof baselineHour>;

/** A value of the actor's events, with all of its events in the mirror. */
export const actorValue = z.object({
  value: z.string(),
  count: z.number().int(),
  firstSeen: instant,
  lastSeen: instant,
});
export type ActorValue = z.infer<typeof actorValue>;

/** Most often first; `others` says how many values are beyond the list. */
export const actorValues = z.object({
  values: z.array(actorValue),
  others: z.number().int(),
  /** False where the mirror does not hold the field: nothing is known. */
  isMirrored: z.boolean(),
});
export type ActorValues = z.infer<typeof actorValues>;

export const firstSeenKinds = ['action', 'target', 'address'] as const;
/** Something the actor did, touched or came from for the first time within the days asked for. */
export const firstSeen = actorValue.extend({ kind: z.enum(firstSeenKinds) });
export type FirstSeen = z.infer<typeof firstSeen>;

export const actorProfile = z.object({
  /** The accounts of the source in which there is such an actor. */
  sourceAccounts: z.array(z.string()),
  actor: z.string(),
  actorName: z.string().nullable(),
  /** Types the source gives them, most often first. */
  actorTypes: z.array(z.string()),
  events: z.number().int(),
  firstSeen: instant.nullable(),
  lastSeen: instant.nullable(),
  /** As `actors.risk` gives it; null while no finding counts. */
  risk: actorRisk.nullable(),
  /** The 90 local days up to the present; `same` and `sameWeek` are of all actions. */
  usual: usualActivity,
  /** The same days, hour by hour of the week, Monday 00:00 first. */
  baseline: z.array(baselineHour).length(168),
  actions: actorValues,
  addresses: actorValues,
  targets: actorValues,
  /** Newest first, at most 200. */
  firstSeenList: z.array(firstSeen),
  firstSeenDays: z.number().int(),
  /** Days from the actor's first event to the start of those days: with none, everything is new, which says nothing. */
  daysKnownBefore: z.number(),
  /** Review items about the actor, due first first, at most 100. */
  reviews: z.array(review),
  reviewsTotal: z.number().int(),
  decisions: earlierDecisions,
  /** Findings about the actor, whatever became of them, the most severe first, at most 100. */
  findings: z.array(relatedFinding),
  findingsTotal: z.number().int(),
  /** Where only counts are kept: values and what is new come from the events kept whole. */
  onlyKept: z.boolean(),
});
export type ActorProfile = z.infer<typeof actorProfile>;

/** Events that follow one another after less than this belong to one session. */
export const sessionGapMinutes = 30;

/** A run of events of one actor, each less than {@link sessionGapMinutes} after the one before. */
export const actorSession = z.object({
  /** Times of its first and its last event. */
  start: instant,
  end: instant,
  events: z.number().int(),
  /** Most often first, at most 5, and how many others. */
  actions: z.array(z.object({ action: z.string(), count: z.number().int() })),
  otherActions: z.number().int(),
  /** At most 5. */
  addresses: z.array(z.string()),
  otherAddresses: z.number().int(),
});
export type ActorSession = z.infer<typeof actorSession>;

export const actorSessions = z.object({
  gapMinutes: z.number().int(),
  /** The rule in a sentence. */
  rule: z.string(),
  total: z.number().int(),
  /** Newest first. Sessions that reach into the range are whole, whatever lies outside of it. */
  sessions: z.array(actorSession),
  onlyKept: z.boolean(),
});
export type ActorSessions = z.infer<typeof actorSessions>;
