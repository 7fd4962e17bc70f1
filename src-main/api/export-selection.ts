// Which rows of a list are exported: those of a status, or exactly the chosen ones in their order.
import type { z } from 'zod';
import type { ExportFilter } from '#shared/model/exports.ts';
import { Problem } from '#shared/model/problem.ts';

/** @throws Problem `invalid-input` for a word the table has no rows for */
export function wordOf<Word extends string>(words: z.ZodType<Word>, given: string): Word {
  const found = words.safeParse(given);
  if (found.success) return found.data;
  throw new Problem('invalid-input', 'This table has no rows of that kind or status. Nothing was exported.');
}

export function statusIn<Word extends string>(
  words: z.ZodType<Word>,
  { status }: ExportFilter,
): { status?: Word } {
  return status === undefined ? {} : { status: wordOf(words, status) };
}

/** A list as it is, or the rows of the wanted ids in their order; one that is not there any more is refused, not left out. */
export function listed<Row>(
  read: () => Promise<readonly Row[]>,
  idOf: (row: Row) => string,
  { ids }: ExportFilter,
): () => AsyncGenerator<Row> {
  return async function* () {
    const rows = await read();
    if (ids === undefined) {
      yield* rows;
      return;
    }
    yield* inOrder(ids, new Map(rows.map((row) => [idOf(row), row])));
  };
}

export function* inOrder<Row>(ids: readonly string[], byId: ReadonlyMap<string, Row>): Generator<Row> {
  for (const id of ids) {
    const row = byId.get(id);
    if (row === undefined)
      throw new Problem('conflict', 'The list changed while it was exported. Nothing was exported.', {
        next: 'Look at the list again, then export it.',
      });
    yield row;
  }
}
