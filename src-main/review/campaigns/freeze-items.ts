// Turns rows into frozen items as they arrive: judged by the rules, compared with the previous campaign, counted and written.
import { itemFlags, type CampaignDefinition, type ItemFlag } from '#shared/model/campaign.ts';
import type { CampaignOpenedPayload, FlagCounts, Unexplained } from '#shared/model/campaign-entries.ts';
import type { PopulationReceiver, PopulationRow } from '../../source/population-rows.ts';
import { readFrozenKeys, type FrozenFile } from './frozen-file.ts';
import type { FrozenSummary, FrozenWriter } from './frozen-writer.ts';
import type { FlagScene } from './flag-rules.ts';
import { itemLine, itemOf } from './item-line.ts';
import { meaningTally } from './meanings.ts';

export type FreezeOptions = {
  readonly definition: CampaignDefinition;
  readonly scene: Omit<FlagScene, 'inPrevious'>;
  /** The frozen file of the previous campaign; null where there is none. */
  readonly previous: FrozenFile | null;
  readonly writer: FrozenWriter;
};

export type Frozen = Pick<CampaignOpenedPayload, 'difference' | 'flags' | 'privileged' | 'withoutMeaning'> &
  FrozenSummary & {
    /** Null where every entitlement has a meaning. */
    readonly unexplained: Unexplained | null;
  };

/** Rows have to come in the order of their keys. `end` is to be called once, after the last. */
export function itemFreezer(
  options: FreezeOptions,
): PopulationReceiver & { readonly end: () => Promise<Frozen> } {
  const { definition, scene, previous, writer } = options;
  const earlier = previous === null ? null : keysInOrder(previous);
  const flags = new Map(itemFlags.map((flag) => [flag, { yes: 0, unknown: 0 }]));
  const privileged = { yes: 0, unknown: 0 };
  const meanings = meaningTally(definition);
  let [unchanged, items] = [0, 0];
  let held: PopulationRow[] = [];
  const count = ({ flag, is }: ItemFlag): void => {
    const counts = flags.get(flag)!;
    if (is === 'yes') counts.yes += 1;
    else counts.unknown += 1;
  };
  const freeze = (row: PopulationRow): void => {
    const inPrevious = earlier === null ? null : earlier.has(row.key);
    const item = itemOf(row, { ...scene, inPrevious });
    item.flags.forEach(count);
    if (inPrevious === true) unchanged += 1;
    if (item.privileged !== 'no') privileged[item.privileged] += 1;
    meanings.take(item.entitlement);
    items += 1;
    writer.add(item.key, itemLine(item));
  };
  const flush = async (): Promise<void> => {
    const rows = held;
    held = [];
    for (const row of rows) {
      await earlier?.readUpTo(row.key);
      freeze(row);
    }
    await writer.flush();
  };
  return {
    // At once, unless the next keys of the previous campaign have to be read first: what waits in memory costs more than the work.
    take: (row) => {
      if (held.length > 0 || earlier?.isShort(row.key) === true) held.push(row);
      else freeze(row);
    },
    isFull: () => held.length > 0 || writer.isFull(),
    flush,
    end: async () => {
      await flush();
      const before = earlier === null ? null : await earlier.countAll();
      return {
        ...(await writer.end()),
        flags: countsOf(flags),
        privileged,
        withoutMeaning: meanings.items(),
        unexplained: meanings.unexplained(),
        difference:
          before === null ? null : { added: items - unchanged, removed: before - unchanged, unchanged },
      };
    },
  };
}

const countsOf = (flags: ReadonlyMap<ItemFlag['flag'], { yes: number; unknown: number }>): FlagCounts =>
  [...flags].map(([flag, counts]) => ({ flag, ...counts }));

/** The keys of another population, asked for in ascending order; they are read on as far as they are needed. */
function keysInOrder(file: FrozenFile) {
  const source = readFrozenKeys(file);
  let keys: readonly string[] = [];
  let position = 0;
  let counted = 0;
  let isOver = false;
  /** False when there was nothing left. */
  const readOn = async (): Promise<boolean> => {
    counted += keys.length;
    const next = await source.next();
    position = 0;
    keys = next.done === true ? [] : next.value;
    isOver = next.done === true;
    return !isOver;
  };
  return {
    /** True when the keys at hand end before this one. */
    isShort: (key: string): boolean => !isOver && (keys.at(-1) ?? '') < key,
    readUpTo: async (key: string): Promise<void> => {
      let isMore = !isOver;
      while (isMore && (keys.at(-1) ?? '') < key) isMore = await readOn();
    },
    has: (key: string): boolean => {
      while (position < keys.length && keys[position]! < key) position += 1;
      return keys[position] === key;
    },
    /** Reads the rest, and with it compares the hash of the whole file. */
    countAll: async (): Promise<number> => {
      let isMore = !isOver;
      while (isMore) isMore = await readOn();
      return counted;
    },
  };
}
