// Reads the decisions on one campaign from the ledger, a stretch of entries at a time.
import { Problem } from '#shared/model/problem.ts';
import { describingFailure, type DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';
import { readEntry, type EntryRow, type StoredEntry } from './entries.ts';

export type DecisionStretch = {
  readonly entries: readonly StoredEntry[];
  /** Number of the last entry that was looked at. */
  readonly upTo: number;
};

const entriesAtOnce = 500;

/**
 * What was decided on a campaign among the entries behind `after`, up to `last`, in their order; each is checked against its hash.
 * @throws Problem `store-damaged`
 */
export function decisionStretch(
  database: DatabaseHandle,
  campaign: string,
  after: number,
  last: number,
): DecisionStretch {
  const upTo = Math.min(after + entriesAtOnce, last);
  const found = describingFailure('ledger', () =>
    rows<EntryRow>(
      database,
      `SELECT seq, id, body, hash FROM entry
        WHERE seq > ? AND seq <= ? AND body ->> 'type' = 'campaign-decision' AND body ->> '$.payload.campaign' = ?
        ORDER BY seq`,
      after,
      upTo,
      campaign,
    ),
  );
  return { upTo, entries: found.map(sound) };
}

function sound(stored: EntryRow): StoredEntry {
  const read = readEntry(stored);
  if ('entry' in read) return read;
  throw new Problem(
    'store-damaged',
    `Entry ${stored.seq} of the ledger ${read.detail}, so nothing was handed back.`,
    { next: '“countersign ledger verify” says what is wrong.', cause: read.cause },
  );
}
