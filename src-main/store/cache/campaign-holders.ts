// Who holds what in a frozen population: counted once its items are indexed, for whoever decides about one of them.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';

/** Of each right so many subjects are kept by name. */
export const mostHoldersKept = 11;

/** So many pieces each count is done in: every piece walks through all items and sorts its share of them. */
const pieces = 4;

/** Counts and names the holders of every right of an index, in pieces between which others may have their turn. */
export function* tallyHolders(database: DatabaseHandle, index: number): Generator<void> {
  // Numbers of indices that were never finished come again.
  removeHolders(database, index);
  for (const share of sharesOf(database, index, 'entitlement')) {
    run(database, countHolders, { index, ...share });
    yield;
    run(database, nameHolders, { index, ...share, most: mostHoldersKept });
    yield;
  }
  for (const share of sharesOf(database, index, 'subject')) {
    run(database, countSubjects, { index, ...share });
    yield;
  }
}

/** A range of texts; null is open. */
type Share = { readonly from: string | null; readonly to: string | null };

/** Ranges of about as many items each. Keys are hashes, so those below one of them are a fair sample. */
function sharesOf(database: DatabaseHandle, index: number, column: 'entitlement' | 'subject'): Share[] {
  const sample = rows<{ value: string }>(
    database,
    `SELECT ${column} AS value FROM campaign_item WHERE index_id = ? AND key < '02' ORDER BY ${column}`,
    index,
  );
  const edges = Array.from(
    { length: pieces - 1 },
    (_, at) => sample[Math.floor((sample.length * (at + 1)) / pieces)]?.value ?? null,
  );
  const starts = [...new Set(edges.filter((edge) => edge !== null))];
  return [null, ...starts].map((from, at) => ({ from, to: starts[at] ?? null }));
}

const within = (column: string): string =>
  `index_id = @index AND (@from IS NULL OR ${column} >= @from) AND (@to IS NULL OR ${column} < @to)`;

const countHolders = `INSERT INTO campaign_holders
  SELECT @index, coalesce(subject_type, '') AS kind, entitlement, count(DISTINCT subject) FROM campaign_item
   WHERE ${within('entitlement')} GROUP BY entitlement, kind`;

const countSubjects = `INSERT INTO campaign_holders
  SELECT @index, kind, NULL, count(*)
    FROM (SELECT DISTINCT coalesce(subject_type, '') AS kind, subject FROM campaign_item WHERE ${within('subject')}) GROUP BY kind`;

const nameHolders = `INSERT INTO campaign_first_holder
  SELECT index_id, kind, entitlement, subject, name FROM (
    SELECT index_id, coalesce(subject_type, '') AS kind, entitlement, subject, max(subject_name) AS name,
           row_number() OVER (PARTITION BY coalesce(subject_type, ''), entitlement ORDER BY subject) AS place
      FROM campaign_item WHERE ${within('entitlement')} GROUP BY kind, entitlement, subject)
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

/** Some of the others of the same type who hold the same entitlement, in the order of their ids; fewer than are kept of each right. */
export function readOtherHolders(
  database: DatabaseHandle,
  index: number,
  { subject, subjectType, entitlement }: Right & Pick<CampaignItem, 'subject'>,
  limit: number,
): Pick<CampaignItem, 'subject' | 'subjectName'>[] {
  return rows<Pick<CampaignItem, 'subject' | 'subjectName'>>(
    database,
    `SELECT subject, subject_name AS subjectName FROM campaign_first_holder
      WHERE index_id = ? AND subject_type = ? AND entitlement = ? AND subject <> ? ORDER BY subject LIMIT ?`,
    index,
    subjectType ?? '',
    entitlement,
    subject,
    limit,
  );
}
