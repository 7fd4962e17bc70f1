// Counts what stands of a campaign's items, and follows what is recorded after: only items that something was recorded about are looked at again.
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import type { Identities } from '../aliases.ts';
import type { CampaignRecord } from './campaign-state.ts';
import type { StatedNames } from './own-names.ts';
import { standingOf, type ItemStanding } from './standing.ts';

/** What an item counts as, besides open; null for nothing but open. */
type Kind = Exclude<keyof ClosingCounts, 'items' | 'open'> | null;

export type RunningCounts = {
  /**
   * Looks at what was recorded since the last time.
   * @param atMost so many of them; all when absent
   * @returns true once there is nothing left
   */
  readonly follow: (atMost?: number) => boolean;
  readonly count: (key: string, standing: ItemStanding) => void;
  readonly now: () => ClosingCounts;
};

type Kept = { readonly people: number; readonly names: StatedNames; readonly counts: RunningCounts };

const kept = new WeakMap<CampaignRecord, Kept>();

/**
 * @param identities of the campaign
 * @param peopleRevision of the ledger’s state: as long as it and the stated names are the same, the counts of the last time go on; null for counts of one’s own
 */
export function runningCounts(
  record: CampaignRecord,
  identities: Identities,
  peopleRevision: number | null,
): RunningCounts {
  if (peopleRevision === null) return begin(record, identities);
  const known = kept.get(record);
  const names = record.statedNames;
  if (known?.people === peopleRevision && known.names === names) return known.counts;
  const counts = begin(record, identities);
  kept.set(record, { people: peopleRevision, names, counts });
  return counts;
}

function begin(record: CampaignRecord, identities: Identities): RunningCounts {
  const kinds = new Map<string, NonNullable<Kind>>();
  const sums = { certified: 0, revoked: 0, modified: 0, undecided: 0, disagreed: 0, ownOnly: 0 };
  let position = 0;
  const count = (key: string, standing: ItemStanding): void => {
    const [before, kind] = [kinds.get(key), kindOf(standing)];
    if (before === kind) return;
    if (before !== undefined) sums[before] -= 1;
    if (kind === null) kinds.delete(key);
    else {
      kinds.set(key, kind);
      sums[kind] += 1;
    }
  };
  return {
    count,
    follow: (atMost = Infinity) => {
      const end = Math.min(record.touched.length, position + atMost);
      for (; position < end; position += 1) {
        const key = record.touched[position]!;
        const subject = record.decisions.get(key)?.[0]?.subject;
        if (subject !== undefined) count(key, standingOf(record, { key, subject }, identities));
      }
      return position === record.touched.length;
    },
    now: () => {
      const items = record.opened?.ipe.items ?? record.taken.at(-1)?.items ?? 0;
      const open = items - sums.certified - sums.revoked - sums.modified;
      return { items, ...sums, open };
    },
  };
}

function kindOf({ state, outcome, decisions, own }: ItemStanding): Kind {
  if (outcome === 'certify') return 'certified';
  if (outcome === 'revoke') return 'revoked';
  if (outcome === 'modify') return 'modified';
  if (state === 'disagreed' || state === 'conflict') return 'disagreed';
  if (own.length > 0 && decisions.every((decision) => decision === null)) return 'ownOnly';
  return state === 'undecided' ? 'undecided' : null;
}
