// Which campaign an opening is compared with: the one that was asked for, else the newest of its series, else the newest of the same source.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import { sourceOf, type LedgerState } from '../projection.ts';
import { campaignOf, type CampaignRecord } from './campaign-state.ts';
import { isSameSeries } from './same-series.ts';

/**
 * @param wish null for none, undefined for the newest one of the same source
 * @throws Problem `not-found`, `refused` for one that was never opened
 */
export function previousCampaign(
  state: LedgerState,
  record: Pick<CampaignRecord, 'id' | 'definition'>,
  wish: string | null | undefined,
): CampaignRecord | null {
  if (wish === null) return null;
  if (wish !== undefined) {
    const previous = campaignOf(state, wish);
    if (previous.opened) return previous;
    throw new Problem('refused', 'The campaign to compare with was never opened here. Nothing was opened.');
  }
  const { scope } = record.definition;
  const database = scope.from === 'file' ? null : sourceOf(state);
  const candidates = [...state.campaigns.byId.values()].filter(
    ({ id, opened, definition }) =>
      id !== record.id &&
      opened !== null &&
      opened.source === database &&
      isSameSource(definition.scope, scope),
  );
  return candidates.findLast((candidate) => isSameSeries(candidate, record)) ?? candidates.at(-1) ?? null;
}

type Scope = CampaignDefinition['scope'];

/** Nobody can tell of two files that one is a later export of the same; where their columns differ, it is not taken for one. */
function isSameSource(one: Scope, other: Scope): boolean {
  if (one.from === 'table' && other.from === 'table')
    return one.schema === other.schema && one.table === other.table;
  if (one.from === 'file' && other.from === 'file')
    return canonicalJson(one.columns) === canonicalJson(other.columns);
  return one.from === other.from && one.from !== 'table';
}
