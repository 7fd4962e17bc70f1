// Rules about what follows the decisions of a campaign: tests of samples, remediation, and re-checks against a later population.
import { campaignRecheckedPayload, campaignRemediationPayload } from '#shared/model/campaign-entries.ts';
import { campaignSampleTestedPayload } from '#shared/model/campaign-sample.ts';
import { isSamePerson } from '../../review/aliases.ts';
import { untouchedRemediation } from '../../review/campaigns/campaign-state.ts';
import { isOwnItem } from '../../review/campaigns/own-names.ts';
import { recheckDoubt } from '../../review/campaigns/recheck-doubt.ts';
import { toFollowUp } from '../../review/campaigns/to-follow-up.ts';
import { standingOf } from '../../review/campaigns/standing.ts';
import type { OpenedCampaign } from '../parts/campaign-lines.ts';
import type { CampaignActScene } from './campaign-act.ts';

const saidByPeople: readonly string[] = ['open', 'ticketed', 'done-unverified'];

/** What people say of a remediation: never that it is verified, which only a later population shows. */
export function remediationFault({ entry, record, identities }: CampaignActScene): string | null {
  const { item, state, checkedAt, ticket, owner } = campaignRemediationPayload.parse(entry.payload);
  const [first] = record.decisions.get(item) ?? [];
  const outcome = first && standingOf(record, { key: item, subject: first.subject }, identities).outcome;
  if (first === undefined || (outcome !== 'revoke' && outcome !== 'modify'))
    return 'is about the remediation of a right that is to be neither revoked nor modified';
  if (owner !== null && isOwnItem(record, identities, owner, first.subject))
    return 'leaves it to whoever holds a right to take it away';
  const before = record.remediations.get(item)?.now ?? untouchedRemediation(item);
  if (checkedAt !== before.checkedAt) return 'says of a remediation that it was checked, without a re-check';
  if (state !== before.state && (before.state === 'verified-removed' || !saidByPeople.includes(state)))
    return 'says what only a re-check can say of a remediation';
  return state === 'ticketed' && ticket === null ? 'is of a ticket without its reference' : null;
}

/** A re-check answers for every right that was to go, and for nothing else. */
export function recheckFault({ entry, record, identities }: CampaignActScene): string | null {
  const { number, ipe, source, results, unknown = [] } = campaignRecheckedPayload.parse(entry.payload);
  if (number !== record.rechecks.length + 1) return 'is a re-check out of its turn';
  if (source !== record.opened?.source) return 're-checks a population of another database';
  if (ipe.rows !== ipe.countedRows) return 're-checks a population whose two counts differ';
  const answered = [...results, ...unknown].map(({ item }) => item).toSorted();
  const needed = toFollowUp(record, identities).map(({ item }) => item);
  if (answered.length !== needed.length || answered.some((item, index) => item !== needed[index]))
    return 'does not answer for exactly the rights that were to be revoked or modified';
  const isPartial = record.definition.scope.from === 'activity' || (ipe.reservations ?? []).length > 0;
  const there = results.filter(({ state }) => state !== 'verified-removed').length;
  if (there > ipe.items) return 'finds more rights than the later population holds';
  if (there === results.length) return null;
  if (isPartial) return 'says that a right is gone by a population that cannot show it';
  return ipe.keysSha256 === record.opened?.ipe.keysSha256
    ? 'says that a right is gone by a population of the very rights that were frozen'
    : null;
}

/**
 * Counts re-checks that call rights gone although their later population, by its size alone, held too little of what was to stay: as
 * earlier releases let them, and whoever forges one.
 */
export function hollowRechecks({ definition, opened, rechecks }: OpenedCampaign): number {
  return rechecks.filter(({ ipe, results, unknown = [] }) => {
    const there = results.filter(({ state }) => state !== 'verified-removed').length;
    const others = opened.ipe.items - results.length - unknown.length;
    const othersFound = Math.max(ipe.items - there, 0);
    const later = { from: definition.scope.from, laterItems: ipe.items, others, othersFound };
    return there < results.length && recheckDoubt(later) !== null;
  }).length;
}

/** Nobody tests their own decision, or a right of their own. */
export function sampleTestFault({ entry, record, identities }: CampaignActScene): string | null {
  const { item, sample, result, note } = campaignSampleTestedPayload.parse(entry.payload);
  if (!(record.samples.find(({ id }) => id === sample)?.plan.drawn.includes(item) ?? false))
    return 'tests an item that was not drawn';
  if (result !== 'pass' && note.trim() === '') return 'tests an item without the note it needs';
  const about = record.decisions.get(item) ?? [];
  const isInvolved = about.some(
    ({ reviewer, subject }) =>
      isSamePerson(identities, reviewer, entry.actor) || isOwnItem(record, identities, entry.actor, subject),
  );
  return isInvolved ? 'lets somebody test what they decided, or a right of their own' : null;
}
