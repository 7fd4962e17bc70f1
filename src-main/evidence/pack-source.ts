// What an evidence pack is made from, as rows that come one by one in the order of the pack, as often as they are asked for.
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { CampaignsSaid } from '#shared/model/pack-campaigns.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Review } from '#shared/model/review.ts';
import type { CampaignItemLine, CampaignLine } from './parts/campaign-lines.ts';
import type { ReturnedFile } from './parts/returned-files.ts';
import type { NotYet } from './row-pauses.ts';
import {
  isAboutAnomaly,
  type Conflict,
  type FirstSight,
  type LedgerLine,
  type PackInput,
  type PackedDecision,
} from './pack-input.ts';

/** An item of the population and the decision in force on it. */
export type PackItem = { readonly item: Review; readonly made: PackedDecision | null };

export type PackSource = Omit<
  PackInput,
  'population' | 'decisions' | 'ledger' | 'findings' | 'conflicts' | 'anomalies' | 'firstSights'
> & {
  /** The whole ledger, from its first entry. */
  readonly ledger: () => Iterable<LedgerLine>;
  /** The population by due time, then id. */
  readonly items: () => Iterable<PackItem>;
  /** By start, then id. */
  readonly findings: () => Iterable<Finding>;
  /** By item, then decision. */
  readonly conflicts: () => Iterable<Conflict>;
  /** The source's own, by id; absent where it has no table of them, or it was not read. */
  readonly anomalies?: (() => Iterable<ServerAnomaly>) | undefined;
  /** The past of an item of the database, null where it is not known; absent where the mirror keeps no history. */
  readonly firstSight?: ((review: string) => FirstSight | null) | undefined;
  /** Access reviews opened here; absent where there are none. */
  readonly campaigns?:
    | {
        /** By which choice these, and which were left out. */
        readonly said: CampaignsSaid;
        readonly count: number;
        readonly lines: () => Iterable<CampaignLine | NotYet>;
        readonly items: () => Iterable<CampaignItemLine>;
        /** The files in which decisions on them came back. */
        readonly returned?: readonly ReturnedFile[];
      }
    | undefined;
};

type Key = string | number;

/** Sorts by the given keys; strings compare by code unit, so the order is the same everywhere. */
function sortedBy<Value>(values: readonly Value[], keysOf: (value: Value) => readonly Key[]): Value[] {
  return values.toSorted((left, right) => {
    const others = keysOf(right);
    for (const [index, key] of keysOf(left).entries()) {
      const other = others[index] ?? '';
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  });
}

/** A decision that found no line would silently be missing from the pack. */
function assertAllDecisionsPlaced(decisions: readonly PackedDecision[], items: readonly PackItem[]): void {
  const placed = items.filter(({ made }) => made !== null).length;
  if (placed === decisions.length) return;
  throw new Problem('conflict', 'A decision belongs to no item of the population; nothing was exported.', {
    next: 'Refresh from the audit database and export again.',
  });
}

/**
 * The rows of an input that is at hand as a whole, put in order.
 * @throws Problem `conflict` when a decision is about no item.
 */
export function sourceOf(input: PackInput): PackSource {
  const decisions = new Map(input.decisions.map((one) => [one.review, one]));
  const items = sortedBy(input.population, (item) => [item.dueAt, item.id]).map((item) => ({
    item,
    made: decisions.get(item.id) ?? null,
  }));
  assertAllDecisionsPlaced(input.decisions, items);
  const findings = sortedBy(input.findings, (one) => [one.start, one.id]);
  const conflicts = sortedBy(input.conflicts, (one) =>
    isAboutAnomaly(one) ? ['anomaly', one.anomaly] : ['', one.review, one.ours.id],
  );
  const { firstSights, anomalies: ownOfSource, ...others } = input;
  const anomalies = ownOfSource && sortedBy(ownOfSource, ({ id }) => [id]);
  return {
    ...others,
    firstSight: firstSights && ((review) => firstSights[review] ?? null),
    detectors: sortedBy(input.detectors, (one) => [one.id, one.version]),
    ledger: () => input.ledger,
    items: () => items,
    findings: () => findings,
    conflicts: () => conflicts,
    anomalies: anomalies && (() => anomalies),
  };
}
