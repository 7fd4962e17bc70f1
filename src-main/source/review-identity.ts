// Tells rows of the review table apart that no key keeps apart: every one is shown, none of them can be addressed.
import { canonicalJson } from '../evidence/entry-hash.ts';

/** What stands in for an id where a row has none. */
const noId = '(no id)';

/**
 * Gives rows without an id, and all but the first of those that share one, an id of their own within the reading. Rows that
 * share an id come in the order of what they hold, so that the next reading names them alike.
 */
export function tellApart<Row extends { id: string | null }>(
  rows: readonly Row[],
): (Row & { id: string; identityFault?: 'missing' | 'shared' })[] {
  const counts = new Map<string | null, number>();
  for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  if (!counts.has(null) && counts.size === rows.length) return rows.map((row) => ({ ...row, id: row.id! }));
  const taken = new Set<string>(rows.flatMap(({ id }) => id ?? []));
  const namesLeft = new Map<string | null, string[]>();
  const names = new Map<object, string>();
  const isFaulty = (id: string | null) => id === null || counts.get(id)! > 1;
  for (const row of byContent(rows.filter(({ id }) => isFaulty(id)))) {
    const given =
      namesLeft.get(row.id) ??
      namesLeft.set(row.id, namesFor(row.id, counts.get(row.id)!, taken)).get(row.id)!;
    names.set(row, given.shift()!);
  }
  return rows.map((row) => {
    const id = names.get(row);
    if (id === undefined) return { ...row, id: row.id! };
    return { ...row, id, identityFault: row.id === null ? 'missing' : 'shared' };
  });
}

/** `x`, `x (copy 2)`, `x (copy 3)`: none that a row has by itself. */
function namesFor(id: string | null, count: number, taken: Set<string>): string[] {
  const names = id === null ? [] : [id];
  for (let copy = id === null ? 1 : 2; names.length < count; copy += 1) {
    const name = id === null ? `${noId} ${copy}` : `${id} (copy ${copy})`;
    if (taken.has(name)) continue;
    taken.add(name);
    names.push(name);
  }
  return names;
}

function byContent<Row extends object>(rows: readonly Row[]): Row[] {
  const texts = new Map(rows.map((row) => [row, canonicalJson(row)]));
  const textOf = (row: Row) => texts.get(row)!;
  return rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0));
}
