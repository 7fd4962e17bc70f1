// Items without a decision here: the open ones to be listed, those due longest first, and who reviewed the others elsewhere.
import type { Review } from '#shared/model/review.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { firstOf, type Listed } from './collect-first.ts';

/** What one person reviewed in the audit database without a decision here. */
export type ElsewhereRow = {
  /** Null where the database names nobody. */
  readonly reviewer: string | null;
  readonly items: number;
  /** By the clock of the server; null where it says no time. */
  readonly first: string | null;
  readonly last: string | null;
};

export type UndecidedRows = {
  /** Nobody reviewed them: the overdue first, then the open ones, then those that are no longer visible. */
  readonly open: Listed<Review>;
  /** Most items first. */
  readonly elsewhere: Listed<ElsewhereRow>;
  /** Items of reviewers who are not told apart any more, because there were too many of them. */
  readonly byUnlisted: number;
};

/** A source names few reviewers; one that names thousands shall not fill the memory. */
const reviewersKept = 2000;

type Kept = { items: number; first: string | null; last: string | null };

const edge = (known: string | null, at: string | null, isNearer: (difference: number) => boolean) =>
  at === null || (known !== null && !isNearer(parseInstant(at) - parseInstant(known))) ? known : at;

function reviewersElsewhere() {
  const kept = new Map<string | null, Kept>();
  let others = 0;
  return {
    add: ({ reviewer, reviewedAt }: NonNullable<Review['server']>): void => {
      const known = kept.get(reviewer) ?? { items: 0, first: null, last: null };
      if (known.items === 0 && kept.size >= reviewersKept) {
        others += 1;
        return;
      }
      kept.set(reviewer, {
        items: known.items + 1,
        first: edge(known.first, reviewedAt, (difference) => difference < 0),
        last: edge(known.last, reviewedAt, (difference) => difference > 0),
      });
    },
    rows: (): ElsewhereRow[] =>
      [...kept]
        .map(([reviewer, row]) => ({ reviewer, ...row }))
        .toSorted((a, b) => b.items - a.items || compare(a.reviewer ?? '', b.reviewer ?? '')),
    others: (): number => others,
  };
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * @param limit of the open items
 * @param reviewersLimit of the reviewers
 */
export function collectUndecided(limit: number, reviewersLimit: number) {
  const lists = [firstOf<Review>(limit), firstOf<Review>(limit), firstOf<Review>(limit)] as const;
  const [overdue, open, gone] = lists;
  const elsewhere = reviewersElsewhere();
  return {
    /** In order of due time. */
    add: (item: Review): void => {
      if (item.server !== null) elsewhere.add(item.server);
      else if (item.overdue) overdue.add(item);
      else (item.status === 'gone' ? gone : open).add(item);
    },
    rows: (): UndecidedRows => {
      const all = lists.map((list) => list.listed());
      const reviewers = elsewhere.rows();
      return {
        open: {
          rows: all.flatMap(({ rows }) => rows).slice(0, limit),
          total: all.reduce((sum, { total }) => sum + total, 0),
        },
        elsewhere: { rows: reviewers.slice(0, reviewersLimit), total: reviewers.length },
        byUnlisted:
          elsewhere.others() + reviewers.slice(reviewersLimit).reduce((sum, { items }) => sum + items, 0),
      };
    },
  };
}
