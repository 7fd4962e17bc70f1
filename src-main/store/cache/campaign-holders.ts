// Who holds what in a frozen population: counted once its items are indexed, for whoever decides about one of them.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';

/** Of each right at least so many subjects are kept by name, where it has them. */
export const mostHoldersKept = 11;

/** Every piece walks through all items, and sorts those of so many. */
const itemsInPiece = 25_000;
const [leastPieces, mostPieces] = [4, 24];

/** Counts and names the holders of every right of an index, in pieces between which others may have their turn. */
export function* tallyHolders(database: DatabaseHandle, index: number): Generator<void> {
  for (const share of sharesOf(database, index)) {
    for (const sql of [countHolders, countSubjects]) {
      run(database, sql, { index, ...share });
      yield;
    }
    run(database, nameHolders, { index, ...share, most: mostHoldersKept });
    yield;
  }
}

/** A range of subjects; null is open. */
type Share = { readonly from: string | null; readonly to: string | null };

/** Ranges with about as many items each. Keys are hashes, so those below one of them are a fair sample. */
function sharesOf(database: DatabaseHandle, index: number): Share[] {
  const sample = rows<{ subject: string }>(
    database,
    "SELECT subject FROM campaign_item WHERE index_id = ? AND key < '02' ORDER BY subject",
    index,
  );
  const wanted = Math.ceil((sample.length * 128) / itemsInPiece);
  const pieces = Math.min(Math.max(wanted, leastPieces), mostPieces);
  const edges = Array.from(
    { length: pieces - 1 },
    (_, at) => sample[Math.floor((sample.length * (at + 1)) / pieces)]?.subject ?? null,
  );
  const starts = [...new Set(edges.filter((edge) => edge !== null))];
  return [null, ...starts].map((from, at) => ({ from, to: starts[at] ?? null }));
}

const within = 'index_id = @index AND (@from IS NULL OR subject >= @from) AND (@to IS NULL OR subject < @to)';

/** Nobody is in two pieces, so that their counts add up. */
const countHolders = `INSERT INTO campaign_holders
  SELECT @index, coalesce(subject_type, '') AS kind, entitlement, count(DISTINCT subject) FROM campaign_item
   WHERE ${within} GROUP BY entitlement, kind`;

const countSubjects = `INSERT INTO campaign_holders
  SELECT @index, coalesce(subject_type, '') AS kind, NULL, count(DISTINCT subject) FROM campaign_item
   WHERE ${within} GROUP BY kind`;

const nameHolders = `INSERT INTO campaign_first_holder
  SELECT index_id, kind, entitlement, subject, name FROM (
    SELECT index_id, coalesce(subject_type, '') AS kind, entitlement, subject, max(subject_name) AS name,
           row_number() OVER (PARTITION BY coalesce(subject_type, ''), entitlement ORDER BY subject) AS place
      FROM campaign_item WHERE ${within} GROUP BY kind, entitlement, subject)
   WHERE place <= @most`;

export function removeHolders(database: DatabaseHandle, index: number): void {
  run(database, 'DELETE FROM campaign_holders WHERE index_id = ?', index);
  run(database, 'DELETE FROM campaign_first_holder WHERE index_id = ?', index);
}

type Right = Pick<CampaignItem, 'subjectType' | 'entitlement'>;

/** How many subjects of a type there are, and how many of them hold an entitlement somewhere. */
export type HolderCounts = { readonly subjects: number; readonly holders: number };

/** `subjectType` null is that of subjects without one. */
export function readHolders(
  database: DatabaseHandle,
  index: number,
  { subjectType, entitlement }: Right,
): HolderCounts {
  const sql =
    'SELECT coalesce(sum(subjects), 0) AS subjects FROM campaign_holders WHERE index_id = ? AND subject_type = ? AND entitlement IS ?';
  const count = (held: string | null) =>
    row<{ subjects: number }>(database, sql, index, subjectType ?? '', held)?.subjects ?? 0;
  return { subjects: count(null), holders: count(entitlement) };
}

/** The first of those of a type who hold an entitlement, in the order of their ids; at most as many as are kept of each right. */
export function readFirstHolders(
  database: DatabaseHandle,
  index: number,
  { subjectType, entitlement }: Right,
  limit: number,
): Pick<CampaignItem, 'subject' | 'subjectName'>[] {
  return rows<Pick<CampaignItem, 'subject' | 'subjectName'>>(
    database,
    `SELECT subject, subject_name AS subjectName FROM campaign_first_holder
      WHERE index_id = ? AND subject_type = ? AND entitlement = ? ORDER BY subject LIMIT ?`,
    index,
    subjectType ?? '',
    entitlement,
    limit,
  );
}
