// The names the frozen population has for subjects: put beside what is listed, and searched.
import { Problem } from '#shared/model/problem.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { itemPages } from '../../store/cache/campaign-items.ts';
import { itemIndexOf, readItems, type ItemStore } from './item-index.ts';

type Named<Row> = Row & { readonly subjectName: string | null };

/** What is to be done stands in the ledger, so it is listed, without names, also where the population cannot be read. */
export async function nameSubjects<Row extends { readonly item: string }>(
  store: ItemStore,
  record: CampaignRecord,
  rows: readonly Row[],
): Promise<Named<Row>[]> {
  const items = await readItems(
    store,
    record,
    rows.map(({ item }) => item),
  ).catch((error: unknown) => {
    if (error instanceof Problem) return null;
    throw error;
  });
  return rows.map((row) => ({ ...row, subjectName: items?.get(row.item)?.subjectName ?? null }));
}

const keysAtOnce = 5_000;

/** Keys of the items that have the text in a name, or elsewhere; none where the population cannot be read. */
export async function itemsNamed(
  store: ItemStore,
  record: CampaignRecord,
  text: string,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  try {
    const index = await itemIndexOf(store, record);
    for (const page of itemPages(store.cache, index, { text }, { after: '', limit: keysAtOnce })) {
      for (const { key } of page) found.add(key);
      // Others get their turn between the pieces of a long search.
      await new Promise((resolve) => void setImmediate(resolve));
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return found;
}
