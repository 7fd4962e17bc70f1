// How far campaigns are, in numbers and words.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { nameOf } from '#shared/model/campaign-people.ts';
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import type { CampaignStatus, CampaignSummary } from '#shared/model/campaign-view.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { filterInWords } from '../../source/population-query.ts';
import type { LedgerState } from '../projection.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { delegationRemarks } from './delegation-remarks.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { followersOf, namedSeries, seriesInWords } from './same-series.ts';
import { countsNow, tallyNow } from './tally.ts';

/** The newest first. @param discarded true for the drafts that were discarded, which are in no other list */
export function listCampaigns(state: LedgerState, nowMs: number, discarded = false): CampaignSummary[] {
  return [...state.campaigns.byId.values()]
    .filter((record) => (record.discarded !== null) === discarded)
    .toReversed()
    .map((record) => summaryOf(record, countsNow(state, record), nowMs));
}

export function statusOf(state: LedgerState, record: CampaignRecord, nowMs: number): CampaignStatus {
  const { definition, opened, closed } = record;
  return {
    ...summaryOf(record, countsNow(state, record), nowMs),
    definition,
    scopeInWords: scopeInWords(definition),
    ipe: opened?.ipe ?? null,
    opening: opened && {
      previous: opened.previous,
      difference: opened.difference,
      flags: opened.flags,
      privileged: opened.privileged,
      withoutMeaning: opened.withoutMeaning,
      ...(opened.withoutMeanings && { withoutMeanings: opened.withoutMeanings }),
      ...(opened.emptyBecause !== undefined && { emptyBecause: opened.emptyBecause }),
    },
    definedAs: {
      entry: record.definitionEntry,
      at: record.definedAt,
      byName: record.definitionByName,
    },
    discarded: record.discarded && saidBy(record.discarded),
    series: seriesOf(state, record),
    delegations: record.delegations.map((delegation, place) => ({
      ...delegation,
      entry: record.delegationEntries[place] ?? null,
    })),
    delegationRemarks: delegationRemarks(
      record,
      campaignIdentities(state.independence.identities, definition),
      nowMs,
    ),
    attestations: [...record.attestations.values()].map(({ outcomesSha256, ...attestation }) => ({
      ...attestation,
      stillHolds: outcomesSha256 === tallyNow(state, record).outcomesSha256,
    })),
    closed: closed && {
      state: closed.state,
      counts: closed.counts,
      reason: closed.reason,
      byName: closed.byName,
    },
  };
}

const saidBy = ({ at, byName, reason }: NonNullable<CampaignRecord['discarded']>) => ({
  at,
  byName,
  reason,
});

function seriesOf({ campaigns: { byId } }: LedgerState, record: CampaignRecord): CampaignStatus['series'] {
  return {
    inWords: seriesInWords(record, (id) => byId.get(id)?.definition.name ?? null),
    first: namedSeries(record),
    wentOnWith: followersOf(byId.values()).get(record.id)?.id ?? null,
    ended: record.seriesEnded && saidBy(record.seriesEnded),
  };
}

function summaryOf(record: CampaignRecord, counts: ClosingCounts, nowMs: number): CampaignSummary {
  const { id, definition, state, opened, taken } = record;
  const dueOn = opened?.dueOn ?? taken.at(-1)?.dueOn ?? null;
  const today = localDaysOf(definition.zone).dateAt(nowMs * 1000);
  return {
    id,
    name: definition.name,
    state,
    role: taken.length > 0 && opened === null ? 'taken' : 'opened',
    ownerName: nameOf(definition, definition.owner),
    period: definition.period,
    zone: definition.zone,
    openedAt: opened?.at ?? taken.at(-1)?.at ?? null,
    dueOn,
    isOverdue: state === 'open' && dueOn !== null && today > dueOn,
    counts,
  };
}

/** What is reviewed, in sentences; every filter with its reason. */
export function scopeInWords({ scope, period, zone }: CampaignDefinition): string[] {
  const days = `${period.from} to ${period.to} (${zone})`;
  if (scope.from === 'activity')
    return [
      `Everybody who did anything from ${days}, with each action they performed.`,
      scope.actorTypes.length === 0
        ? 'Actors of every type.'
        : `Only actors of the types ${scope.actorTypes.map((type) => `“${type}”`).join(', ')}.`,
      'Events that name no actor are left out and counted.',
    ];
  const source =
    scope.from === 'table'
      ? `the table or view “${scope.schema}.${scope.table}”`
      : `the file “${scope.name}” (SHA-256 ${scope.sha256})`;
  return [
    `Every row of ${source}: who holds which right. The period observed is ${days}.`,
    ...(scope.filters.length === 0
      ? ['No row is left out.']
      : scope.filters.map((filter) => `Filter: ${filterInWords(filter)}. Reason: ${filter.reason}`)),
  ];
}
