// The index of a campaign's items: made from the frozen file, disposable as everything here is.
import { itemFlags, type CampaignItem, type TriState } from '#shared/model/campaign.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import { removeHolders, tallyHolders } from './campaign-holders.ts';

export type IndexedItem = Pick<
  CampaignItem,
  'key' | 'subject' | 'subjectName' | 'entitlement' | 'resource' | 'manager' | 'owner' | 'privileged'
> & {
  /** Where its line begins in the frozen file, and how long it is without its line feed. */
  readonly offset: number;
  readonly bytes: number;
  readonly flags: readonly CampaignItem['flags'][number]['flag'][];
};

/** What a list can be narrowed by here; absent is any. */
export type ItemFilter = {
  /** Part of the subject, its name, the entitlement or the resource; letter case does not matter. */
  readonly text?: string | undefined;
  readonly subject?: string | undefined;
  readonly entitlement?: string | undefined;
  readonly flag?: CampaignItem['flags'][number]['flag'] | undefined;
  readonly privileged?: TriState | undefined;
};

type StoredItem = Omit<IndexedItem, 'flags'> & { readonly flags: number };

/** The number of a campaign's index; null where there is none of this file. */
export function findItemIndex(database: DatabaseHandle, campaign: string, sha256: string): number | null {
  const found = row<{ id: number }>(
    database,
    'SELECT id FROM campaign_index WHERE campaign = ? AND sha256 = ?',
    campaign,
    sha256,
  );
  return found?.id ?? null;
}

export type IndexWriter = {
  readonly add: (
    lines: readonly { readonly item: CampaignItem; readonly offset: number; readonly bytes: number }[],
  ) => void;
  /** Counts who holds what, in pieces between which others may have their turn; to be gone through before `finish`. */
  readonly tally: () => Generator<void>;
  /** From here on {@link findItemIndex} finds it, or the one of the same file that another process finished before. */
  readonly finish: () => number;
  /** Removes what was added of an index that is not to be finished. */
  readonly abandon: () => void;
};

/** A number no index had before, in this process or any other. */
function nextNumber(database: DatabaseHandle): number {
  const next = row<{ id: number }>(
    database,
    'UPDATE campaign_index_number SET last = last + 1 RETURNING last AS id',
  );
  if (next === undefined) throw new Error('The cache gives out no numbers for indices.');
  return next.id;
}

/**
 * Writes an index piece by piece, each in a transaction of its own, so that others get their turn. Several processes may do so
 * for one campaign: the first to finish is kept.
 */
export function itemIndexWriter(database: DatabaseHandle, campaign: string, sha256: string): IndexWriter {
  const id = nextNumber(database);
  const insert = `INSERT INTO campaign_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const removeItems = (index: number) => {
    run(database, 'DELETE FROM campaign_item WHERE index_id = ?', index);
    removeHolders(database, index);
  };
  const finish = database.transaction(() => {
    const kept = findItemIndex(database, campaign, sha256);
    if (kept !== null) {
      removeItems(id);
      return kept;
    }
    const old = row<{ id: number }>(database, 'SELECT id FROM campaign_index WHERE campaign = ?', campaign);
    if (old) removeItems(old.id);
    run(database, 'DELETE FROM campaign_index WHERE campaign = ?', campaign);
    run(database, 'INSERT INTO campaign_index VALUES (?, ?, ?)', id, campaign, sha256);
    return id;
  });
  return {
    add: database.transaction((lines) => {
      for (const { item, offset, bytes } of lines)
        run(
          database,
          insert,
          id,
          item.key,
          offset,
          bytes,
          item.subject,
          item.subjectName,
          item.entitlement,
          item.resource,
          item.manager,
          item.owner,
          item.privileged,
          flagBits(item),
          item.subjectType,
        );
    }),
    tally: () => tallyHolders(database, id),
    finish: () => finish.immediate(),
    abandon: database.transaction(() => removeItems(id)),
  };
}

/** Keys are hashes in hex, so that between two of these there are about as many each. */
const keyEdges = Array.from({ length: 15 }, (_, place) => (place + 1).toString(16));
const edgeAfter = (key: string): string | null => keyEdges.find((edge) => edge > key) ?? null;

/**
 * Items after a key in the order of keys, at most `limit` at a time. No page looks at more than a sixteenth of all items, so that
 * others may have their turn after each; some are empty.
 */
export function* itemPages(
  database: DatabaseHandle,
  index: number,
  filter: ItemFilter,
  { after, limit }: { readonly after: string; readonly limit: number },
): Generator<readonly IndexedItem[]> {
  const { where, values } = conditionsOf(filter);
  const sql = `${selectItem} WHERE index_id = ? AND key > ? AND key < ? ${where} ORDER BY key LIMIT ?`;
  for (let from: string | null = after; from !== null;) {
    const until = edgeAfter(from);
    const found: StoredItem[] = rows<StoredItem>(
      database,
      sql,
      index,
      from,
      until ?? pastAllKeys,
      ...values,
      limit,
    );
    yield found.map(toItem);
    from = found.length === limit ? found.at(-1)!.key : until;
  }
}

const pastAllKeys = 'g';

/** How many there are, in steps. */
export function* countItems(
  database: DatabaseHandle,
  index: number,
  filter: ItemFilter,
): Generator<undefined, number> {
  const { where, values } = conditionsOf(filter);
  const sql = `SELECT count(*) AS items FROM campaign_item WHERE index_id = ? AND key >= ? AND key < ? ${where}`;
  let items = 0;
  for (let from: string | null = ''; from !== null;) {
    const until = edgeAfter(from);
    items += row<{ items: number }>(database, sql, index, from, until ?? pastAllKeys, ...values)?.items ?? 0;
    yield undefined;
    from = until;
  }
  return items;
}

export function readIndexedItem(database: DatabaseHandle, index: number, key: string): IndexedItem | null {
  const found = row<StoredItem>(database, `${selectItem} WHERE index_id = ? AND key = ?`, index, key);
  return found ? toItem(found) : null;
}

const selectItem = `SELECT key, offset, bytes, subject, subject_name AS subjectName, entitlement, resource, manager, owner, privileged, flags
  FROM campaign_item`;

function conditionsOf({ text, subject, entitlement, flag, privileged }: ItemFilter) {
  const parts: [sql: string, value: string | number | undefined][] = [
    [
      "instr(lower(subject || char(10) || coalesce(subject_name, '') || char(10) || entitlement || char(10) || coalesce(resource, '')), lower(?)) > 0",
      text,
    ],
    ['subject = ?', subject],
    ['entitlement = ?', entitlement],
    ['flags & ? <> 0', flag === undefined ? undefined : bitOf(flag)],
    ['privileged = ?', privileged],
  ];
  const given = parts.filter(([, value]) => value !== undefined);
  return { where: given.map(([sql]) => `AND ${sql}`).join(' '), values: given.map(([, value]) => value) };
}

const bitOf = (flag: (typeof itemFlags)[number]): number => 1 << itemFlags.indexOf(flag);

function flagBits({ flags }: CampaignItem): number {
  let bits = 0;
  for (const { flag, is } of flags) if (is === 'yes') bits |= bitOf(flag);
  return bits;
}

const toItem = (stored: StoredItem): IndexedItem => ({
  ...stored,
  flags: itemFlags.filter((flag) => (stored.flags & bitOf(flag)) !== 0),
});
