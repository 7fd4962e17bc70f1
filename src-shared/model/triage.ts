// The review queue as a person works through it: order, groups, what may be decided together, pace, and what is half written.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { slaStandings } from './decision-context.ts';
import { review } from './review.ts';

export const queueTabs = [
  'pending',
  'overdue',
  'second',
  'decided',
  'reviewed',
  'gone',
  'conflict',
  'all',
] as const;
/** The tabs of the queue: docs/queue.md says what each holds. */
export const queueTab = z.enum(queueTabs);
export type QueueTab = z.infer<typeof queueTab>;

export const queueSorts = ['urgency', 'due', 'severity', 'surprise'] as const;
/**
 * urgency: overdue, due within four hours, the more severe, the more surprising, the earlier due · due: the earlier due ·
 * severity and surprise: the higher first, unknown last, then by urgency. Ties go by id, so the order never wavers.
 */
export const queueSort = z.enum(queueSorts);
export type QueueSort = z.infer<typeof queueSort>;

export const queueGroupings = ['none', 'actor', 'action', 'day'] as const;
/** day: the local day of the event; items whose event is not mirrored go by their due time. */
export const queueGrouping = z.enum(queueGroupings);
export type QueueGrouping = z.infer<typeof queueGrouping>;

export const triageItem = z.object({
  review,
  sla: z.enum(slaStandings),
  /** The highest score ÷ threshold among findings that cite the event and nobody called false; null when none does. */
  surprise: z.number().nullable(),
  /** That finding. */
  surprisingFinding: z.string().nullable(),
  /** Key of its group; empty without groups. */
  group: z.string(),
});
export type TriageItem = z.infer<typeof triageItem>;

export const triageGroup = z.object({
  /** An actor's id, an action, or a local day; empty for an actor nobody is named for. */
  key: z.string(),
  /** What a person reads: an actor's name where one is known. */
  actorName: z.string().nullable(),
  items: z.number().int(),
  pending: z.number().int(),
  overdue: z.number().int(),
  /** Its first item in the order asked for, and where that stands in the whole list. */
  first: z.string(),
  offset: z.number().int(),
});
export type TriageGroup = z.infer<typeof triageGroup>;

export const triageList = z.object({
  now: instant,
  zone: z.string(),
  /** Items that match, and how many of them are of each standing. */
  total: z.number().int(),
  overdue: z.number().int(),
  dueSoon: z.number().int(),
  /** Place of the first item of this page. */
  offset: z.number().int(),
  items: z.array(triageItem),
  /** Of all matching items, in the order of their first items; empty without groups. Items of a group stand together. */
  groups: z.array(triageGroup),
  /** Of the whole queue: decided here, and that together with what is open. */
  progress: z.object({ decided: z.number().int(), total: z.number().int() }),
});
export type TriageList = z.infer<typeof triageList>;

export const bulkRefusals = [
  'unknown',
  'not-open',
  'own-action',
  'undecidable',
  'other-action',
  'other-actor-type',
  'finding',
  'beyond-cap',
] as const;
/**
 * Why an item is left out of a decision on several: not there · not open any more · taken by the reviewer · never decidable
 * here · another action, or another type of actor, than the first · cited by an open finding, which wants a look of its own ·
 * beyond the largest number.
 */
export const bulkRefusal = z.enum(bulkRefusals);

export const bulkPreview = z.object({
  /** What all of them have in common: that of the first item that can be decided. Null when none can. */
  group: z.object({ action: z.string(), actorType: z.string().nullable() }).nullable(),
  /** The most items one decision may cover. */
  cap: z.number().int(),
  /** In the order given; as `reviews.decide` takes them: `digest` as `shown`, `decisionId` as `standing`. */
  included: z.array(review),
  leftOut: z.array(z.object({ id: z.string(), why: bulkRefusal, sentence: z.string() })),
  /** How many of the included are of which actor, most first. */
  actors: z.array(z.object({ actor: z.string(), actorName: z.string().nullable(), items: z.number().int() })),
  /** A decision on several always needs one. */
  needsReason: z.boolean(),
  /** How many would then wait for a second person. */
  awaitSecond: z.number().int(),
});
export type BulkPreview = z.infer<typeof bulkPreview>;

/** Fewer decisions than this say nothing about a pace. */
export const leastForPace = 5;

export const pace = z.object({
  /** The reviewer’s latest decisions, one by one and with a known time in view, at most 50. */
  decisions: z.number().int(),
  /** Together in view, in minutes; a look of more than five minutes counts as five. Null while there is none. */
  activeMinutes: z.number().nullable(),
  /** decisions / activeMinutes; null below five decisions. */
  perActiveMinute: z.number().nullable(),
  /** Open items that are the reviewer’s to decide. */
  remaining: z.number().int(),
  /** remaining / perActiveMinute; null while the pace is unknown. */
  remainingMinutes: z.number().nullable(),
  /** The same in a sentence. */
  sentence: z.string(),
});
export type Pace = z.infer<typeof pace>;

/** A reason or note somebody began to write. Not an act, so the ledger does not have it: it lies in a file of the workspace. */
export const draft = z.object({
  /** What it is about: `review:<id>`, `finding:<id>`, or whatever a screen names it. */
  subject: z.string().min(1).max(300),
  text: z.string().max(20_000),
  /** Reviewer in force when it was written; null when there was none. */
  reviewer: z.string().nullable(),
  at: instant,
});
export type Draft = z.infer<typeof draft>;

export const savedViewScreens = ['queue', 'events', 'findings', 'heatmap', 'actors'] as const;
/** A filter by name. It changes nothing that is ever evidence, so it is a setting of this workspace folder and no ledger entry. */
export const savedView = z.object({
  screen: z.enum(savedViewScreens),
  name: z.string().trim().min(1).max(100),
  /** Whatever the screen needs to show the same again. */
  filter: z.record(z.string(), z.json()),
});
export type SavedView = z.infer<typeof savedView>;
