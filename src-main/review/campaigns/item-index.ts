// Finds items of a frozen population: by an index in the cache, which is made again from the file whenever it is not there.
import { open } from 'node:fs/promises';
import type { CampaignItem } from '#shared/model/campaign.ts';
import { findItemIndex, itemIndexWriter, readIndexedItem } from '../../store/cache/campaign-items.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { hideInItem } from '../../store/erasure/erase-campaign-items.ts';
import { erasedPseudonym, knowsErased } from '../../store/erasure/erased-people.ts';
import { foldIdentity } from '../aliases.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { assertFrozen, frozenFileOf, readFrozenFile, readLine, type FrozenLine } from './frozen-file.ts';

export type ItemStore = {
  readonly cache: DatabaseHandle;
  /** The workspace folder. */
  readonly workspace: string;
};

/** Indices that are being made, so that whoever asks meanwhile waits for the same. */
const making = new Map<string, Promise<number>>();

/**
 * The number of the campaign's index. The frozen file is checked against the ledger before anything is looked up.
 * @throws Problem `store-damaged` for a changed file, `file-unreadable`, `refused` for a draft
 */
export async function itemIndexOf(store: ItemStore, record: CampaignRecord): Promise<number> {
  const file = frozenFileOf(store.workspace, record);
  await assertFrozen(file);
  const found = findItemIndex(store.cache, record.id, file.sha256);
  if (found !== null) return found;
  const place = `${store.workspace}\0${record.id}`;
  const begun = making.get(place);
  if (begun) return begun;
  const made = makeIndex(store, record).finally(() => making.delete(place));
  making.set(place, made);
  return made;
}

/** By workspace folder: what is done before an index is written to this connection. */
const precautions = new Map<string, (cache: DatabaseHandle) => Promise<void>>();

/** Tells a connection who was erased, before anything about them is written to it. @returns how that is ended */
export function beforeIndexing(
  workspace: string,
  tell: (cache: DatabaseHandle) => Promise<void>,
): () => void {
  precautions.set(workspace, tell);
  return () => void precautions.delete(workspace);
}

/** The items as they are indexed: without the names of people who were erased, unless who reviews depends on them. */
function shownIn(
  cache: DatabaseHandle,
  { definition: { people } }: CampaignRecord,
): (lines: readonly FrozenLine[]) => readonly FrozenLine[] {
  if (!knowsErased(cache)) return (lines) => lines;
  // The ledger names them, too.
  const named = new Set(people.flatMap(({ id, email }) => [id, email ?? id]).map(foldIdentity));
  const pseudonymOf = (text: string) => (named.has(foldIdentity(text)) ? null : erasedPseudonym(cache, text));
  return (lines) => lines.map((line) => ({ ...line, item: hideInItem(line.item, pseudonymOf) }));
}

async function makeIndex({ cache, workspace }: ItemStore, record: CampaignRecord): Promise<number> {
  const file = frozenFileOf(workspace, record);
  await precautions.get(workspace)?.(cache);
  const shown = shownIn(cache, record);
  const writer = itemIndexWriter(cache, record.id, file.sha256);
  try {
    for await (const lines of readFrozenFile(file)) writer.add(shown(lines));
    // Others get their turn in between: each of these walks through all items.
    for (const _ of writer.tally()) await new Promise((resolve) => void setImmediate(resolve));
    return writer.finish();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

/**
 * Items by their keys, read from the frozen file; those it does not hold are left out.
 * @throws Problem as {@link itemIndexOf}
 */
export async function readItems(
  store: ItemStore,
  record: CampaignRecord,
  keys: readonly string[],
): Promise<Map<string, CampaignItem>> {
  const index = await itemIndexOf(store, record);
  const found = new Map<string, CampaignItem>();
  const file = await open(frozenFileOf(store.workspace, record).path, 'r');
  try {
    for (const key of new Set(keys)) {
      const place = readIndexedItem(store.cache, index, key);
      if (place === null) continue;
      const bytes = Buffer.alloc(place.bytes);
      await file.read(bytes, 0, place.bytes, place.offset);
      const item = readLine(bytes.toString('utf8'));
      // An index that points elsewhere is no reason to decide about another item.
      if (item?.key === key) found.set(key, item);
    }
    return found;
  } finally {
    await file.close();
  }
}
