// data/population-after.jsonl: each item as it was first mirrored beside what it is now, so that a population that moved is seen.
import { z } from 'zod';
import type { Review } from '#shared/model/review.ts';
import { instant } from '#shared/time/instant.ts';
import { canonicalJson } from '../entry-hash.ts';
import { itemFacts, type FirstSight, type ItemFacts } from '../pack-input.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';

export const itemChanges = ['unchanged', 'changed', 'new', 'removed'] as const;

export const populationAfterLine = z.strictObject({
  review: z.string(),
  /** `new` and `removed` go before `changed`; an item that came later and is gone again is `removed`. */
  change: z.enum(itemChanges),
  /** Null where the item was not there when the review began. */
  before: itemFacts.nullable(),
  /** Null where the item is not there any more. */
  after: itemFacts.nullable(),
  /** By the clock of the server; null where it was not asked for. */
  firstSeenAt: instant.nullable(),
});
export type PopulationAfterLine = z.infer<typeof populationAfterLine>;

/** The facts of an item as the population lists it. */
function factsOf({ tenant, auditLogId, action, actor, dueAt, dueText }: Review): ItemFacts {
  return { tenant, auditLogId, action, actor, dueAt, ...(dueText !== undefined && { dueText }) };
}

/** What the two states of an item say. */
export function changeOf({
  before,
  after,
}: Pick<PopulationAfterLine, 'before' | 'after'>): PopulationAfterLine['change'] {
  if (after === null) return 'removed';
  if (before === null) return 'new';
  return canonicalJson(before) === canonicalJson(after) ? 'unchanged' : 'changed';
}

/** What the population says of an item now; null where it is gone. */
export const factsNow = (item: Review): ItemFacts | null => (item.status === 'gone' ? null : factsOf(item));

/** @param first null where the mirror knows nothing of its past. */
function lineOf(item: Review, first: FirstSight | null): PopulationAfterLine {
  const states = { before: first?.isFromBeginning === true ? first.before : null, after: factsNow(item) };
  return { review: item.id, change: changeOf(states), ...states, firstSeenAt: first?.seenAt ?? null };
}

/** Whether the source itself keeps this item, so that its past is known; derived items come and go with their events. */
export const hasPast = ({ origin }: Review): boolean => origin === 'database';

export const populationAfterPart: PayloadPart<PopulationAfterLine> = definePart({
  name: 'data/population-after.jsonl',
  line: populationAfterLine,
  isOptional: true,
  from: ({ items, firstSight }) => {
    if (firstSight === undefined) return null;
    return (function* () {
      for (const { item } of items()) if (hasPast(item)) yield lineOf(item, firstSight(item.id));
    })();
  },
});
