// The review table, when decisions can be written to it, or the sentence that says why not.
import { Problem } from '#shared/model/problem.ts';
import type { SourceClient } from './client.ts';
import { titleOf } from './mapping.ts';
import { findReviewTable, type ReviewTable } from './review-table.ts';

/**
 * The review table, when decisions can be written to it.
 * @throws Problem when it is missing, not as published, or may not be written to.
 */
export async function requireDecidableTable(client: SourceClient): Promise<ReviewTable> {
  const state = await findReviewTable(client);
  if (state.state === 'unavailable') {
    const code = { absent: 'source-missing', denied: 'source-denied', changed: 'source-changed' } as const;
    throw new Problem(code[state.cause], `${state.sentence} Nothing was sent; every decision is kept.`, {
      next: 'Check with the DBA, then connect again to inspect the source.',
    });
  }
  if (state.reviewTable.canDecide) return state.reviewTable;
  throw new Problem(
    'source-denied',
    `This user may not write decisions to ${titleOf(state.reviewTable.table)}. Nothing was sent; every decision is kept.`,
    { next: 'Ask the DBA to grant UPDATE on its columns reviewer_id, reviewed_at and notes.' },
  );
}
