// How far campaigns are, in numbers and words.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import type { CampaignStatus, CampaignSummary } from '#shared/model/campaign-view.ts';
import { localDaysOf } from '#shared/time/local-days.ts';
import { filterInWords } from '../../source/population-query.ts';
import type { LedgerState } from '../projection.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { countsNow, tallyNow } from './tally.ts';

/** The newest first. */
export function listCampaigns(state: LedgerState, nowMs: number): CampaignSummary[] {
  return [...state.campaigns.byId.values()]
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
    },
    delegations: [...record.delegations],
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

function summaryOf(record: CampaignRecord, counts: ClosingCounts, nowMs: number): CampaignSummary {
  const { id, definition, state, opened, taken } = record;
  const dueOn = opened?.dueOn ?? taken.at(-1)?.dueOn ?? null;
  const today = localDaysOf(definition.zone).dateAt(nowMs * 1000);
  return {
    id,
    name: definition.name,
    state,
    role: taken.length > 0 && opened === null ? 'taken' : 'opened',
    ownerName: definition.people.find((person) => person.id === definition.owner)?.name ?? definition.owner,
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
