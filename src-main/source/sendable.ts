// Checks before anything leaves: the reviewer id fits its column, and every decision can be recognised afterwards.
import { Problem } from '#shared/model/problem.ts';
import type { DecisionIntent } from './decision-outcomes.ts';
import { parseNotes } from './notes.ts';
import type { ReviewTable } from './review-table.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const integerBits: Readonly<Record<string, bigint>> = { int2: 16n, int4: 32n, int8: 64n };

/**
 * @throws Problem `invalid-input` when a reviewer id cannot be a value of the reviewer column
 * @throws TypeError when notes do not carry their decision's id, or an id is given twice
 */
export function assertSendable(intents: readonly DecisionIntent[], reviewTable: ReviewTable): void {
  const column = reviewTable.columns.reviewer_id;
  const ids = new Set<string>();
  for (const intent of intents) {
    if (!canBeReviewer(intent.reviewerId, column)) throw unfitReviewer(column.type);
    if (parseNotes(intent.notes)?.decisionId !== intent.decisionId || ids.has(intent.decisionId))
      throw new TypeError('A decision could not be recognised after sending.');
    ids.add(intent.decisionId);
  }
}

/** Whether the text can be stored in the reviewer column without loss. */
export function canBeReviewer(
  reviewerId: string,
  column: { baseType: string; maximumLength: number | null },
): boolean {
  if (reviewerId === '') return false;
  if (column.baseType === 'uuid') return uuid.test(reviewerId);
  const bits = integerBits[column.baseType];
  if (bits !== undefined)
    return (
      /^(0|-?[1-9]\d{0,18})$/.test(reviewerId) &&
      BigInt.asIntN(Number(bits), BigInt(reviewerId)) === BigInt(reviewerId)
    );
  return column.maximumLength === null || Array.from(reviewerId).length <= column.maximumLength;
}

function unfitReviewer(type: string): Problem {
  return new Problem(
    'invalid-input',
    `The reviewer id of this workspace cannot be stored in the review table, whose column has the type ${type}. Nothing was sent; every decision is kept.`,
    { next: 'Set the reviewer to the id under which the audited system knows you, then decide again.' },
  );
}
