// The events of the mirror as a person leafs through them: what is asked for, a page, and how many there are over time.
import { z } from 'zod';
import { instant } from '../time/instant.ts';
import { auditEvent } from './audit-event.ts';

const oneOrMore = z.union([z.string(), z.array(z.string()).max(200)]);
const hour = z.coerce.number().int().min(0).max(167);

/**
 * Which events. All members narrow; the values of one member are alternatives. Every value is compared verbatim, but for
 * `text`. The empty text stands for events that state nothing there (for `actor`: that name nobody).
 */
export const eventFilter = z.object({
  actor: oneOrMore.optional(),
  sourceAccount: z.string().optional(),
  action: oneOrMore.optional(),
  /** Resource ids. */
  target: oneOrMore.optional(),
  targetType: oneOrMore.optional(),
  /** Addresses; one that ends in `*` stands for all that begin so. */
  address: oneOrMore.optional(),
  severity: oneOrMore.optional(),
  /** Only where the source maps an outcome. */
  outcome: oneOrMore.optional(),
  /** Hours of the week in the workspace's zone, 0 is Monday 00:00. */
  hourOfWeek: z.union([hour, z.array(hour).max(168)]).optional(),
  /** Half-open: from is included, to is not. */
  from: instant.optional(),
  to: instant.optional(),
  /**
   * Words; each must occur somewhere in the event, in any field shown and in either case. Of ids only words of six letters
   * or more with a digit in them are looked for.
   */
  text: z.string().max(400).optional(),
});
export type EventFilter = z.infer<typeof eventFilter>;

export const searchedFields = [
  'actor',
  'actorName',
  'action',
  'actorType',
  'resourceType',
  'resourceId',
  'ip',
  'userAgent',
  'severity',
  'metadata',
  'id',
] as const;
export const searchedField = z.enum(searchedFields);
export type SearchedField = z.infer<typeof searchedField>;

/** Where a page begins; at most one of them, none is the newest event. */
export const eventPlace = {
  /** Events older than this place; what a page gives as `older`. */
  before: z.string().optional(),
  /** Events newer than this place; what a page gives as `newer`. */
  after: z.string().optional(),
  /** Events up to and including this moment: a jump to a date. */
  at: instant.optional(),
  /** Leaves out so many of the newest: a jump to a row of the whole list. */
  offset: z.coerce.number().int().min(0).optional(),
  /** `oldest`: the last page. */
  end: z.enum(['newest', 'oldest']).optional(),
};

export const eventPage = z.object({
  /** Newest first, whichever way the page was asked for. */
  events: z.array(auditEvent),
  /** Place to ask `before`; null where nothing older matches. */
  older: z.string().nullable(),
  /** Place to ask `after`; null where nothing newer matches. */
  newer: z.string().nullable(),
  /** How many matching events are newer than the first of this page; null while that is not counted yet. */
  position: z.number().int().nullable(),
  /** Where only counts are kept: these are the events kept whole, and there are others that cannot be shown. */
  onlyKept: z.boolean(),
  /** Fields `text` was looked for in; empty without `text`. Who acted is left out while names are masked. */
  searched: z.array(searchedField),
  /** Fields of the filter or of `text` that the mirror does not hold: nothing can be said about them. */
  notMirrored: z.array(z.string()),
});
export type EventPage = z.infer<typeof eventPage>;

export const bucketWidths = [
  '1 minute',
  '5 minutes',
  '15 minutes',
  '1 hour',
  '3 hours',
  '6 hours',
  '12 hours',
  '1 day',
  '1 week',
  '1 month',
] as const;

export const eventSummary = z.object({
  zone: z.string(),
  /** Half-open: what was asked for, within what is mirrored. Null while nothing is. */
  from: instant.nullable(),
  to: instant.nullable(),
  /** Matching events, as far as they are counted. */
  total: z.number().int(),
  /** False is “at least”: the time allowed ran out. Asking again goes on from there. */
  isExact: z.boolean(),
  /** Everything from here on is counted; null once all is. */
  countedFrom: instant.nullable(),
  /** The narrowest that needs no more buckets than asked for; hours and longer begin with the local day. */
  width: z.enum(bucketWidths),
  /** Oldest first, empty ones included; `end` is the start of the next. A change of clocks makes one shorter or longer. */
  buckets: z.array(z.object({ start: instant, end: instant, count: z.number().int() })),
  onlyKept: z.boolean(),
  searched: z.array(searchedField),
  notMirrored: z.array(z.string()),
});
export type EventSummary = z.infer<typeof eventSummary>;
