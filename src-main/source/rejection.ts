// Why the database refused one single decision, as a sentence without any of the row's values.
import { DatabaseError } from 'pg';
import { Problem } from '#shared/model/problem.ts';
import { sqlStateOf } from './problems.ts';

/** Another session is in the way; the same decision may succeed later. */
export function isLockWait(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '55P03' || state === '57014';
}

/** The database undid the statement because of a concurrent one; it may simply be repeated. */
export function isSerializationFailure(error: unknown): boolean {
  return sqlStateOf(error)?.startsWith('40') ?? false;
}

export function rejectionSentence(error: unknown): string {
  const state = sqlStateOf(error) ?? '';
  if (isLockWait(error)) return 'Another session holds this row locked. Send the decision again later.';
  if (isSerializationFailure(error))
    return 'Another session kept changing this row at the same moment. Send the decision again.';
  if (state === '42501') return 'A row-level policy of the database forbids this decision.';
  if (state === '23503') return `The database does not know this reviewer${constraintOf(error)}.`;
  if (state.startsWith('23')) return `A rule of the database forbids this decision${constraintOf(error)}.`;
  if (state === '22001') return 'The notes or the reviewer id are longer than the database allows.';
  if (state.startsWith('22'))
    return 'The database could not read a value of this decision as the type of its column.';
  return 'A trigger or rule of the database refused this decision.';
}

/** A constraint's name is part of the schema, not of the data, and tells the DBA where to look. */
function constraintOf(error: unknown): string {
  const source = error instanceof Problem ? error.cause : error;
  return source instanceof DatabaseError && source.constraint ? ` (constraint ${source.constraint})` : '';
}
