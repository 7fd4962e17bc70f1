// What changed from one frozen population to another: two files in the order of keys, read side by side, neither ever in memory.
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { DifferenceCounts, DifferenceKind, DifferencePage } from '#shared/model/campaign-follow-up.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Identities } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { assertFrozen, frozenFileOf, readFrozenFile, type FrozenFile } from './frozen-file.ts';
import { followUpOf } from './remediation.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { standingOf } from './standing.ts';

type Keyed = { readonly key: string };

/** One key of either side, with what each has of it. */
export type Pair<Item extends Keyed> = {
  readonly key: string;
  readonly earlier: Item | null;
  readonly later: Item | null;
};

type Batches<Item> = AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>;

/** Walks through two lists in ascending order of keys at once; every key comes once, in order. */
export async function* sideBySide<Item extends Keyed>(
  earlier: Batches<Item>,
  later: Batches<Item>,
): AsyncGenerator<Pair<Item>> {
  const [one, other] = [inTurn(earlier), inTurn(later)];
  try {
    let [left, right] = [await one.next(), await other.next()];
    while (left !== null || right !== null) {
      const isLeft = left !== null && (right === null || left.key <= right.key);
      const isRight = right !== null && (left === null || right.key <= left.key);
      const key = isLeft ? left!.key : right!.key;
      yield { key, earlier: isLeft ? left : null, later: isRight ? right : null };
      if (isLeft) left = one.take() ?? (await one.next());
      if (isRight) right = other.take() ?? (await other.next());
    }
  } finally {
    await one.end();
    await other.end();
  }
}

/** One item after the other; only waits where the next batch has to be read. */
function inTurn<Item>(batches: Batches<Item>) {
  const source =
    Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let batch: readonly Item[] = [];
  let position = 0;
  const take = (): Item | null => batch[position++] ?? null;
  return {
    take,
    next: async (): Promise<Item | null> => {
      while (position >= batch.length) {
        const read = await source.next();
        if (read.done === true) return null;
        [batch, position] = [read.value, 0];
      }
      return take();
    },
    /** Lets go of the file where not all of it was read. */
    end: async (): Promise<void> => void (await source.return?.()),
  };
}

async function* itemsOf(file: FrozenFile): AsyncGenerator<readonly CampaignItem[]> {
  for await (const lines of readFrozenFile(file)) yield lines.map(({ item }) => item);
}

export type Differing = { readonly kind: DifferenceKind; readonly item: CampaignItem };

/** Every item of either population in the order of keys; one that both have as the later one has it. */
export async function* differences(earlier: FrozenFile, later: FrozenFile): AsyncGenerator<Differing> {
  for await (const pair of sideBySide(itemsOf(earlier), itemsOf(later))) {
    if (pair.later === null) yield { kind: 'removed', item: pair.earlier! };
    else yield { kind: pair.earlier === null ? 'new' : 'unchanged', item: pair.later };
  }
}

export type DifferenceRequest = {
  readonly campaign: string;
  /** The campaign to compare with; the one it was opened against when absent. */
  readonly against?: string | undefined;
  /** Only these; new and removed ones when absent. */
  readonly kinds?: readonly DifferenceKind[] | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
};

/**
 * A page of the difference between two campaigns of this workspace, and how many items there are of each kind.
 * @throws Problem `not-found`, `refused` where there is nothing to compare with, `store-damaged` for a population that was changed
 */
export async function differencePage(
  state: LedgerState,
  workspace: string,
  { campaign, against, kinds = ['new', 'removed'], after = '', limit }: DifferenceRequest,
): Promise<DifferencePage> {
  const record = campaignOf(state, campaign);
  const previous = against ?? record.opened?.previous?.campaign ?? null;
  if (previous === null)
    throw new Problem('refused', 'This campaign was opened without an earlier one to compare with.', {
      next: 'Name the campaign to compare with (--against).',
    });
  const before = campaignOf(state, previous);
  const identities = campaignIdentities(state.independence.identities, before.definition);
  const toGo = followUpOf(state, before);
  const earlier = frozenFileOf(workspace, before);
  const later = frozenFileOf(workspace, record);
  await assertFrozen(earlier);
  await assertFrozen(later);
  const counts: DifferenceCounts = { new: 0, removed: 0, unchanged: 0 };
  const wasToGo: DifferencePage['wasToGo'] = { removed: 0, unchanged: 0 };
  const rows: DifferencePage['rows'] = [];
  let isMore = false;
  for await (const differing of differences(earlier, later)) {
    counts[differing.kind] += 1;
    if (differing.kind !== 'new' && toGo.has(differing.item.key)) wasToGo[differing.kind] += 1;
    if (differing.item.key <= after || !kinds.includes(differing.kind)) continue;
    if (rows.length < limit)
      rows.push({ ...differing, earlier: outcomeIn(before, differing.item, identities) });
    else isMore = true;
  }
  const nextAfter = isMore ? (rows.at(-1)?.item.key ?? null) : null;
  return { campaign, previous, counts, wasToGo, rows, nextAfter };
}

/** What a campaign came to about an item, by the decision that says so. */
function outcomeIn(
  record: CampaignRecord,
  item: CampaignItem,
  identities: Identities,
): DifferencePage['rows'][number]['earlier'] {
  const { outcome, decisions } = standingOf(record, item, identities);
  const last = decisions.findLast((one) => one?.decision === outcome) ?? null;
  if (last === null) return null;
  const { decision, reviewerName, decidedAt, reason } = last;
  return { decision, reviewerName, decidedAt, reason };
}
